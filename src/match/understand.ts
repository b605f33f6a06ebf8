import { allLanguages } from '../language/index.ts';
import type { Alternative, Candidate, Transcript } from '../types.ts';
import { evidenceOf } from './evidence-of.ts';
import { differingWords, isWorthAsking, saysOtherwise, sureness, type Evidence } from './judgement.ts';
import type { Matcher } from './matcher.ts';
import { notPhraseIn } from './nots.ts';
import { beginningReason, type MatchedSlot, type MatchResult } from './result.ts';
import { spokenForms } from './spoken-words.ts';
import { findUnknownPart } from './unknown-part.ts';

/** A reading that is a command exactly. */
interface Reading {
  result: MatchResult & { match: NonNullable<MatchResult['match']> };
  /** Equal for readings that say the same. */
  identity: string;
  /** How well it fits the sound: nats per token, so that readings of different lengths compare. */
  fit: number;
  tokens: number;
  isFree: boolean;
  /** Whether the engine scored it without the prompt too, which only the likeliest are. */
  isPlainlyScored: boolean;
  /** What speaks for and against it; worked out when it is asked for. */
  evidence: () => Evidence;
}

/**
 * A reading may end where the free one goes on: words in the audio that it leaves out. Its probability hardly tells,
 * since the end of text is one token whatever it passes over, so each second counts as about as many nats as a second
 * of misread words.
 */
const missed = { natsPerSecond: 15, toleratedMs: 100 };

/** Lead of words, nats, from which they were hardly said. */
const unlikely = 2;

/**
 * How sure a free reading is by its nats a token, where no other was held to the grammar: a logistic curve, fitted to
 * orders in quiet and in noise.
 */
const unheld = { perFit: 3.1, constant: 11.3 };

/** Of what was turned away, a rival that is less probable than this is not told of. */
const leastShare = 0.01;
const maxCandidates = 5;

/**
 * Nobody speaks faster, letters and digits a second; a short sound that the grammar makes a whole sentence of would be.
 */
const fastest = 25;

/**
 * Understands a transcript by all its readings: those held to the grammar and the free one where it is a command too
 * compete by how well they fit; the best one counts where no surely heard word stands against it. Without a reading
 * that is exactly a command, the free text is matched nearly.
 */
export function understandTranscript(matcher: Matcher, transcript: Transcript): MatchResult {
  const free = matcher.match(transcript.text);
  const readings = readingsOf(matcher, transcript, free);
  const [best] = readings;
  if (!best) return free.also ? free : withUnknown(withoutReading(matcher, transcript, free), matcher, transcript);
  const surest = nearestOf(readings, best);
  const broken = isMadeUpAtEnd(free, surest, matcher) ? free : brokenOff(matcher, transcript, best);
  if (broken) return withoutMatch(broken);
  const { language } = matcher.grammar;
  const { match, completeness } = surest.result;
  const rivals = readings.filter(({ identity }) => identity !== best.identity);
  const candidates = rivals.map((rival) =>
    toCandidate({ ...rival.result.match, score: share(readings, rival), reason: 'also sounded likely' }),
  );
  const score = sureness(surest.evidence(), language);
  const ruledOut = withoutContradiction({ ...surest.result, candidates }, matcher, [
    transcript.text,
    transcript.prompted?.text ?? '',
    match.phrase,
  ]);
  if (!ruledOut.match) return ruledOut;
  if (score < matcher.threshold) {
    if (free.completeness === 'incomplete' && !free.match) return withoutMatch(free);
    const unsure = toCandidate({ ...match, score, reason: 'does not sound enough like it' });
    const turned = turnedAway(unsure, candidates, {
      free,
      near: scaleNear(free, transcript, matcher),
      threshold: matcher.threshold,
    });
    if (isWorthAsking(surest.evidence(), language))
      return { ...turned, suggestion: { ...match, score, via: 'grammar', candidates } };
    return withUnknown(turned, matcher, transcript, match.command);
  }
  const [rival] = rivals;
  if (rival && share(readings, best) - share(readings, rival) < matcher.margin) {
    return {
      candidates: [toCandidate({ ...match, score, reason: 'as likely as another' }), ...candidates],
      completeness,
      reason: `This could be "${match.phrase}" or "${rival.result.match.phrase}".`,
    };
  }
  const via = surest.isFree ? 'exact' : 'grammar';
  return {
    ...surest.result,
    match: { ...match, score, via, candidates },
    candidates,
    slots: slotsWithAlternatives(readings, surest),
  };
}

/** Understands a typed phrase: exactly or nearly, and tells which words no command explains. */
export function understandText(matcher: Matcher, text: string): MatchResult {
  const result = withoutContradiction(matcher.match(text), matcher, [text]);
  const found = result.match || result.beginning || result.unknown ? undefined : findUnknownPart(matcher.grammar, text);
  return { ...result, ...found };
}

/**
 * No match where a text has a phrase that the command rules out, or, beside a near phrase, words that make something
 * else of it.
 */
function withoutContradiction(result: MatchResult, matcher: Matcher, texts: readonly string[]): MatchResult {
  const { match } = result;
  if (!match) return result;
  const not = notPhraseIn(matcher, match.command, texts);
  const isOther = match.via === 'near' && texts.some((text) => saysOtherwise(text, match.phrase, matcher.grammar));
  if (not === undefined && !isOther) return result;
  const reason =
    not === undefined
      ? `Words beside "${match.phrase}" make something else of it.`
      : `"${not}" is ruled out by the command itself.`;
  return {
    candidates: [toCandidate({ ...match, reason }), ...result.candidates].filter(isFirstOfCommand),
    completeness: 'none',
    reason,
  };
}

/**
 * Of readings that say the same as the best one, that with the fewest other words: it shows best what was heard in
 * their place.
 */
function nearestOf(readings: readonly Reading[], best: Reading): Reading {
  const saying = readings.filter(({ identity }) => identity === best.identity);
  const scored = saying.filter(({ isPlainlyScored }) => isPlainlyScored);
  const same = scored.length > 0 ? scored : saying;
  return same.reduce((nearest, reading) =>
    differingWords(reading.evidence()) < differingWords(nearest.evidence()) ? reading : nearest,
  );
}

/**
 * The best reading that is a command exactly, and what speaks for and against it; what the weights of the judgement are
 * fitted to.
 */
export function bestReading(
  matcher: Matcher,
  transcript: Transcript,
): { result: MatchResult; evidence: Evidence } | undefined {
  const readings = readingsOf(matcher, transcript, matcher.match(transcript.text));
  const nearest = readings[0] && nearestOf(readings, readings[0]);
  return nearest && { result: nearest.result, evidence: nearest.evidence() };
}

/**
 * A phrase that breaks off, where that fits the sound better than the best whole command: held to the grammar, it can
 * only be read with words that nobody said, or without some that were.
 */
function brokenOff(matcher: Matcher, transcript: Transcript, best: Reading): MatchResult | undefined {
  const heard = transcript.prompted ?? transcript;
  const [open] = transcript.brokenOff ?? [];
  const isLikelier = (reading: Pick<Alternative, 'logProbability' | 'tokens'>): boolean =>
    reading.logProbability / Math.max(1, reading.tokens) > best.fit;
  const texts = [
    ...(isLikelier(heard) ? [heard.text, transcript.text] : []),
    ...(open && isLikelier(open) ? [open.text] : []),
    withoutEcho(best.result.match.phrase, transcript.text),
  ];
  for (const text of texts) {
    const result = text === undefined ? undefined : matcher.match(text);
    if (result?.completeness === 'incomplete' && !result.match) return result;
  }
  return undefined;
}

/**
 * Whether the free reading breaks off, and the words that would complete it are not what the model would have read
 * there without the prompt.
 */
function isMadeUpAtEnd(free: MatchResult, { result, evidence }: Reading, { grammar }: Matcher): boolean {
  if (free.completeness !== 'incomplete' || free.match) return false;
  const last = evidence().plain.at(-1);
  const length = spokenForms(result.match.phrase, grammar).length;
  return (
    last !== undefined && last.free.length === 0 && last.heldAt + last.held.length === length && last.lead >= unlikely
  );
}

/** Nothing was read as a command exactly. */
function withoutReading(matcher: Matcher, transcript: Transcript, free: MatchResult): MatchResult {
  const prompted = transcript.prompted && matcher.match(transcript.prompted.text);
  return prompted?.completeness === 'incomplete' ? withoutMatch(prompted) : scaleNear(free, transcript, matcher);
}

/** What was not sure enough. What its words are near to may be what was meant, too; it is told of and no more. */
function turnedAway(
  unsure: Candidate,
  rivals: readonly Candidate[],
  { free, near, threshold }: { free: MatchResult; near: MatchResult; threshold: number },
): MatchResult {
  const nearest = [
    ...(near.match ? [toCandidate({ ...near.match, reason: 'its words are near' })] : []),
    ...near.candidates,
  ];
  const all = [unsure, ...rivals.filter(({ score }) => score >= leastShare), ...nearest];
  const candidates = all
    .sort((a, b) => b.score - a.score)
    .filter(isFirstOfCommand)
    .slice(0, maxCandidates);
  const { command, phrase } = candidates[0]!;
  const reason =
    phrase === unsure.phrase
      ? `This is most like ${command}, and does not sound enough like it (${unsure.score.toFixed(2)} of ${threshold}).`
      : (near.reason ?? `The words are nearest to ${command}, and the sound is not near enough.`);
  const told = free.unknown ? { unknown: free.unknown, reason: free.reason ?? reason } : { reason };
  return { candidates, completeness: free.completeness === 'incomplete' ? 'incomplete' : 'none', ...told };
}

/** Says which words no command explains, where that is what is wrong. */
function withUnknown(result: MatchResult, matcher: Matcher, transcript: Transcript, likely?: string): MatchResult {
  if (result.match || result.beginning || result.unknown) return result;
  for (const text of [transcript.text, transcript.prompted?.text ?? '']) {
    const found = findUnknownPart(matcher.grammar, text, likely);
    if (found) return { ...result, ...found };
  }
  return result;
}

function withoutMatch({ candidates, completeness, beginning, reason = beginningReason }: MatchResult): MatchResult {
  return { candidates, completeness, reason, ...(beginning ? { beginning } : {}) };
}

/** All readings that are a command exactly, most probable first, each text once. */
function readingsOf(matcher: Matcher, transcript: Transcript, free: MatchResult): Reading[] {
  const readings = new Map<string, Reading>();
  const heard = transcript.prompted ?? transcript;
  const add = (result: MatchResult, held: Alternative, isFree: boolean): void => {
    const { match, also = [] } = result;
    if (match?.via !== 'exact') return;
    const known = readings.get(match.phrase);
    const { tokens } = held;
    const fit = logProbabilityOf(held, heard) / Math.max(1, tokens);
    const identity = JSON.stringify([match, ...also].map(({ command, args }) => [command, args]));
    let evidence: Evidence | undefined;
    const reading: Reading = {
      result: { ...result, match },
      identity,
      fit,
      tokens,
      isFree: isFree || known?.isFree === true,
      isPlainlyScored: held.plainScores !== undefined,
      evidence: () =>
        (evidence ??= evidenceOf(
          { ...held, logProbability: fit * tokens },
          result.slots ?? [],
          transcript,
          matcher.grammar,
        )),
    };
    if (!known || known.fit < fit) readings.set(match.phrase, reading);
    else if (isFree) known.isFree = true;
  };
  for (const alternative of transcript.constrained ?? []) {
    if (isSpeakable(alternative.text, transcript.audioMs)) add(matcher.match(alternative.text), alternative, false);
  }
  // What was read with the grammar's prompt is likelier than what was not, so the same words count as read with it.
  const isHeldToo = free.match !== undefined && readings.has(free.match.phrase);
  if (isHeldToo) readings.get(free.match!.phrase)!.isFree = true;
  else add(free, transcript, true);
  return [...readings.values()].sort((a, b) => b.fit - a.fit);
}

/**
 * The log-probability, less what the reading leaves out of the audio: nothing where it has all words of the free
 * reading, or more behind them.
 */
function logProbabilityOf(
  { text, logProbability, endMs }: Alternative,
  free: Pick<Alternative, 'text' | 'endMs'>,
): number {
  const isWhole = endMs <= 0 || free.endMs <= 0 || letters(text).startsWith(letters(free.text));
  const missedMs = isWhole ? 0 : Math.max(0, free.endMs - endMs - missed.toleratedMs);
  return logProbability - (missed.natsPerSecond * missedMs) / 1000;
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
    const confidenceOf = (value: unknown): number =>
      shareOf(same, (reading) => reading.result.match.args[slot.name] === value);
    values.delete(slot.value);
    return {
      ...slot,
      confidence: confidenceOf(slot.value),
      alternatives: [...values.values()].map(({ words, value }) => ({ words, value, confidence: confidenceOf(value) })),
    };
  });
}

/** A near match is as sure as its words are near and as the reading itself is. */
function scaleNear(result: MatchResult, transcript: Transcript, matcher: Matcher): MatchResult {
  if (!result.match || transcript.tokens === 0) return result;
  const sound = withoutContradiction(result, matcher, [transcript.text]);
  if (!sound.match) return sound;
  const logit = (unheld.perFit * transcript.logProbability) / transcript.tokens + unheld.constant;
  const score = result.match.score / (1 + Math.exp(-logit));
  if (score >= matcher.threshold) return { ...result, match: { ...result.match, score } };
  const reason = `The nearest command is ${result.match.command}, and it was not understood clearly enough (${score.toFixed(2)} of ${matcher.threshold}).`;
  return {
    candidates: [toCandidate({ ...result.match, score, reason }), ...result.candidates],
    completeness: result.completeness,
    reason,
  };
}

/** One candidate a command, its likeliest phrase. */
function isFirstOfCommand({ command }: Candidate, index: number, all: Candidate[]): boolean {
  return all.findIndex((other) => other.command === command) === index;
}

function toCandidate({ command, phrase, score, reason }: Candidate): Candidate {
  return { command, phrase, score, reason };
}

/** Whether the words fit into the time that they were spoken in. */
function isSpeakable(text: string, audioMs: number): boolean {
  return letters(text).length <= (fastest * audioMs) / 1000;
}

/** Numbers that sound like the word that often stands before them. */
const echoes = allLanguages.flatMap((language) => language.echoes.map((sounds) => new Set(sounds)));

/**
 * "… to" may be read as "… to 2": the phrase without a number that only repeats the sound of the word before it, which
 * was heard once.
 */
function withoutEcho(phrase: string, free: string): string | undefined {
  const said = phrase.split(' ');
  const heard = free.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const echo = echoes.find((sounds) => sounds.has(said.at(-1)!));
  const repeats = (words: string[]): boolean =>
    [words.at(-1), words.at(-2)].every((word) => echo?.has(word ?? '') === true);
  return repeats(said) && echo?.has(heard.at(-1) ?? '') === true && !repeats(heard)
    ? said.slice(0, -1).join(' ')
    : undefined;
}

/** Letters and digits alone, in lower case. */
function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
