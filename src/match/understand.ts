import type { Alternative, Candidate, Transcript } from '../types.ts';
import { editDistance } from './distance.ts';
import type { Matcher } from './matcher.ts';
import { beginningReason, type MatchedSlot, type MatchResult } from './result.ts';

/**
 * How sure a reading is: a logistic curve over its fit (nats per token), its distance to the free reading (nats) and the share of letters that they
 * have in common, fitted to spoken orders in quiet and in 12 and 6 dB of kitchen noise against read sentences, single words, digits and commands of
 * another domain (docs/decisions.md).
 */
const acceptance = { perFit: 3.1, perDistance: 0.09, perSimilarity: 6.2, constant: 5.1 };
/** No order was ever this far from its free reading, nats: beyond it, something else was said, whatever the fit. */
const farthest = { distance: -20, perNat: 0.5 };

/** A reading that is a command exactly. */
interface Reading {
  result: MatchResult & { match: NonNullable<MatchResult['match']> };
  /** Equal for readings that say the same. */
  identity: string;
  /** How well it fits the sound: nats per token, so that readings of different lengths compare. */
  fit: number;
  /** How much less probable it is than the free reading, nats; 0 for that itself. */
  distance: number;
  /** As it was written. */
  text: string;
  tokens: number;
  isFree: boolean;
}

/**
 * A reading may end where the free one goes on: words in the audio that it leaves out. Its probability hardly tells, since the end of
 * text is one token whatever it passes over, so each second counts as about as many nats as a second of misread words.
 */
const missed = { natsPerSecond: 15, toleratedMs: 100 };

/** Of what was turned away, a rival that is less probable than this is not told of. */
const leastShare = 0.01;
const maxCandidates = 5;

/** Nobody speaks faster, letters and digits a second; a short sound that the grammar makes a whole sentence of would be. */
const fastest = 25;

/**
 * Understands a transcript by all its readings: those held to the grammar and the free one where it is a command too compete by how well
 * they fit. Without a reading that is exactly a command, the free text is matched nearly.
 */
export function understandTranscript(matcher: Matcher, transcript: Transcript): MatchResult {
  const free = matcher.match(transcript.text);
  const readings = readingsOf(matcher, transcript, free);
  const [best] = readings;
  if (!best) return free.also ? free : scaleNear(free, transcript, matcher);
  // A phrase that breaks off: held to the grammar, it can only be read with words that nobody said, or without some that were.
  if (free.completeness === 'incomplete' && transcript.logProbability / Math.max(1, transcript.tokens) > best.fit) return withoutMatch(free);
  const begun = withoutEcho(best.result.match.phrase, transcript.text);
  const beginning = begun === undefined ? undefined : matcher.match(begun);
  if (beginning?.completeness === 'incomplete') return withoutMatch(beginning);
  const rivals = readings.slice(1).filter((reading) => reading.identity !== best.identity);
  const candidates = rivals.map((rival) => toCandidate({ ...rival.result.match, score: share(readings, rival), reason: 'also sounded likely' }));
  const score = sureness({ ...best, similarity: similarity(best.text, transcript.text) });
  const { completeness } = best.result;
  if (score < matcher.threshold) {
    const unsure = toCandidate({ ...best.result.match, score, reason: 'does not sound enough like it' });
    return turnedAway(unsure, candidates, { free, near: scaleNear(free, transcript, matcher), threshold: matcher.threshold });
  }
  const [rival] = rivals;
  if (rival && share(readings, best) - share(readings, rival) < matcher.margin) {
    return { candidates: [toCandidate({ ...best.result.match, score, reason: 'as likely as another' }), ...candidates], completeness,
      reason: `This could be "${best.result.match.phrase}" or "${rival.result.match.phrase}".` };
  }
  const via = best.isFree ? 'exact' : 'grammar';
  return { ...best.result, match: { ...best.result.match, score, via, candidates }, candidates, slots: slotsWithAlternatives(readings, best) };
}

/** What was not sure enough. What its words are near to may be what was meant, too; it is told of and no more. */
function turnedAway(unsure: Candidate, rivals: readonly Candidate[], { free, near, threshold }: { free: MatchResult; near: MatchResult; threshold: number }): MatchResult {
  const nearest = [...(near.match ? [toCandidate({ ...near.match, reason: 'its words are near' })] : []), ...near.candidates];
  const all = [unsure, ...rivals.filter(({ score }) => score >= leastShare), ...nearest];
  const candidates = all.sort((a, b) => b.score - a.score).filter(isFirstOfPhrase).slice(0, maxCandidates);
  const { command, phrase } = candidates[0]!;
  const reason = phrase === unsure.phrase
    ? `This is most like ${command}, and does not sound enough like it (${unsure.score.toFixed(2)} of ${threshold}).`
    : near.reason ?? `The words are nearest to ${command}, and the sound is not near enough.`;
  return { candidates, completeness: free.completeness, reason };
}

function withoutMatch({ candidates, completeness, beginning, reason = beginningReason }: MatchResult): MatchResult {
  return { candidates, completeness, reason, ...(beginning ? { beginning } : {}) };
}

/** All readings that are a command exactly, most probable first, each text once. */
function readingsOf(matcher: Matcher, transcript: Transcript, free: MatchResult): Reading[] {
  const readings = new Map<string, Reading>();
  const add = (result: MatchResult, heard: Alternative, isFree: boolean): void => {
    const { match } = result;
    if (match?.via !== 'exact') return;
    const known = readings.get(match.phrase);
    const { tokens } = heard;
    const logProbability = logProbabilityOf(heard, transcript);
    const fit = logProbability / Math.max(1, tokens);
    const identity = `${match.command} ${JSON.stringify(match.args)}`;
    const reading = {
      result: { ...result, match }, identity, fit, distance: logProbability - transcript.logProbability, text: heard.text,
      tokens, isFree: isFree || known?.isFree === true,
    };
    if (!known || known.fit < fit) readings.set(match.phrase, reading);
  };
  add(free, transcript, true);
  for (const alternative of transcript.constrained ?? []) {
    if (isSpeakable(alternative.text, transcript.audioMs)) add(matcher.match(alternative.text), alternative, false);
  }
  return [...readings.values()].sort((a, b) => b.fit - a.fit);
}

/** The log-probability, less what the reading leaves out of the audio: nothing where it has all words of the free reading, or more behind them. */
function logProbabilityOf({ text, logProbability, endMs }: Alternative, free: Transcript): number {
  const isWhole = endMs <= 0 || free.endMs <= 0 || letters(text).startsWith(letters(free.text));
  const missedMs = isWhole ? 0 : Math.max(0, free.endMs - endMs - missed.toleratedMs);
  return logProbability - missed.natsPerSecond * missedMs / 1000;
}

function sureness({ fit, distance, similarity }: Pick<Reading, 'fit' | 'distance'> & { similarity: number }): number {
  const beyond = Math.max(0, farthest.distance - distance);
  const { perFit, perDistance, perSimilarity, constant } = acceptance;
  return 1 / (1 + Math.exp(-(perFit * fit + perDistance * distance + perSimilarity * similarity + constant - farthest.perNat * beyond)));
}

/** The probability of what a reading says against what all others say, 0–1. */
function share(readings: readonly Reading[], said: Reading): number {
  return shareOf(readings, (reading) => reading.identity === said.identity);
}

function shareOf(readings: readonly Reading[], isMeant: (reading: Reading) => boolean): number {
  const best = readings[0]!;
  let [meant, all] = [0, 0];
  for (const reading of readings) {
    const weight = Math.exp((reading.fit - best.fit) * best.tokens);
    all += weight;
    if (isMeant(reading)) meant += weight;
  }
  return meant / all;
}

/** Each slot with its probability and the other values it was heard as in readings of the same command. */
function slotsWithAlternatives(readings: readonly Reading[], best: Reading): MatchedSlot[] {
  const same = readings.filter((reading) => reading.result.match.command === best.result.match.command);
  return (best.result.slots ?? []).map((slot) => {
    const values = new Map<unknown, MatchedSlot>();
    for (const reading of same) {
      const other = reading.result.slots?.find(({ name }) => name === slot.name);
      if (other && !values.has(other.value)) values.set(other.value, other);
    }
    const confidenceOf = (value: unknown): number => shareOf(same, (reading) => reading.result.match.args[slot.name] === value);
    values.delete(slot.value);
    return { ...slot, confidence: confidenceOf(slot.value), alternatives: [...values.values()].map(({ words, value }) => ({ words, value, confidence: confidenceOf(value) })) };
  });
}

/** A near match is as sure as its words are near and as the reading itself is. */
function scaleNear(result: MatchResult, transcript: Transcript, matcher: Matcher): MatchResult {
  if (!result.match || transcript.tokens === 0) return result;
  const score = result.match.score * sureness({ fit: transcript.logProbability / transcript.tokens, distance: 0, similarity: 1 });
  if (score >= matcher.threshold) return { ...result, match: { ...result.match, score } };
  const reason = `The nearest command is ${result.match.command}, and it was not understood clearly enough (${score.toFixed(2)} of ${matcher.threshold}).`;
  return { candidates: [toCandidate({ ...result.match, score, reason }), ...result.candidates], completeness: result.completeness, reason };
}

function isFirstOfPhrase({ phrase }: Candidate, index: number, all: Candidate[]): boolean {
  return all.findIndex((other) => other.phrase === phrase) === index;
}

function toCandidate({ command, phrase, score, reason }: Candidate): Candidate {
  return { command, phrase, score, reason };
}

/** Whether the words fit into the time that they were spoken in. */
function isSpeakable(text: string, audioMs: number): boolean {
  return letters(text).length <= (fastest * audioMs) / 1000;
}

/** Numbers that sound like the word that often stands before them. */
const echoes = [new Set(['to', 'too', 'two', '2']), new Set(['for', 'four', '4'])];

/** "… to" may be read as "… to 2": the phrase without a number that only repeats the sound of the word before it, which was heard once. */
function withoutEcho(phrase: string, free: string): string | undefined {
  const said = phrase.split(' ');
  const heard = free.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const echo = echoes.find((sounds) => sounds.has(said.at(-1)!));
  const repeats = (words: string[]): boolean => [words.at(-1), words.at(-2)].every((word) => echo?.has(word ?? '') === true);
  return repeats(said) && echo?.has(heard.at(-1) ?? '') === true && !repeats(heard) ? said.slice(0, -1).join(' ') : undefined;
}

/** 1 for the same letters, 0 for none in common. */
function similarity(first: string, second: string): number {
  const [one, other] = [letters(first), letters(second)];
  return 1 - editDistance(one, other) / Math.max(one.length, other.length, 1);
}

/** Letters and digits alone, in lower case. */
function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
