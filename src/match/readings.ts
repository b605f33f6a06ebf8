import type { Alternative, Transcript } from '../types.ts';
import { evidenceOf } from './evidence-of.ts';
import { hasDelays, saysDelay } from './delays.ts';
import { differingWords, sureness, type Evidence } from './judgement.ts';
import type { Matcher } from './matcher.ts';
import type { MatchedSlot, MatchResult } from './result.ts';

/** A reading that is exactly a command. */
export interface Reading {
  result: MatchResult & { match: NonNullable<MatchResult['match']> };
  /** Equal for readings that mean the same. */
  identity: string;
  /** How well it fits the sound: nats per token, so that readings of different lengths can be compared. */
  fit: number;
  tokens: number;
  isFree: boolean;
  /** Whether the engine also scored it without the prompt, which is done only for the likeliest readings. */
  isPlainlyScored: boolean;
  /** What speaks for and against it, computed only when needed. */
  evidence: () => Evidence;
}

/**
 * A reading may end although the free reading goes on, and so leave out words of the audio. Its probability hardly
 * shows this, because the end of text is a single token whatever it passes over. So each second that is left out costs
 * about as many nats as a second of misread words.
 */
const missed = { natsPerSecond: 15, toleratedMs: 100 };

/**
 * Nobody speaks more letters and digits per second than this, but the grammar may turn a short sound into a whole
 * sentence that would need to be spoken faster.
 */
const fastest = 25;

/** Returns all readings that are exactly a command, the most probable first, each text once. */
export function readingsOf(matcher: Matcher, transcript: Transcript, free: MatchResult): Reading[] {
  const readings = new Map<string, Reading>();
  const heard = transcript.prompted ?? transcript;
  const add = (result: MatchResult, held: Alternative, isFree: boolean): void => {
    const { match, also = [] } = result;
    if (match?.via !== 'exact') return;
    const known = readings.get(match.phrase);
    const { tokens } = held;
    const fit = logProbabilityOf(held, heard) / Math.max(1, tokens);
    const identity = JSON.stringify([match, ...also].map(({ command, args, delay }) => [command, args, delay?.moment]));
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
  // The grammar's prompt makes a reading likelier, so where the same words were read both with and without it, the
  // score with the prompt counts.
  const isHeldToo = free.match !== undefined && readings.has(free.match.phrase);
  if (isHeldToo) readings.get(free.match!.phrase)!.isFree = true;
  else add(free, transcript, true);
  const all = [...readings.values()].sort((a, b) => b.fit - a.fit);
  const heardTexts = [transcript.text, transcript.prompted?.text ?? ''];
  // The decoder likes to stop where a command is whole; but a delay that was heard is never left out.
  const isLater = hasDelays(matcher.grammar) && heardTexts.some((text) => saysDelay(text, matcher.grammar));
  return isLater ? all.filter(({ result }) => result.match.delay) : all;
}

/** How much less a delayed reading may fit and still be likely, nats per token. */
const likelyDelay = 0.5;

/**
 * Returns the likeliest reading that has the command of another one run later, if words behind that one may have been a
 * delay. What was read freely as it is needs no such doubt.
 */
export function laterThan(best: Reading, readings: readonly Reading[], matcher: Matcher): Reading | undefined {
  const { command, delay } = best.result.match;
  if (delay || best.isFree) return undefined;
  return readings.find(
    ({ result: { match }, fit, evidence }) =>
      match.delay &&
      match.command === command &&
      fit >= best.fit - likelyDelay &&
      sureness(evidence(), matcher.grammar.language) >= matcher.threshold,
  );
}

/**
 * Of the readings that mean the same as the best one, returns the one with the fewest different words: it shows best
 * what was said in their place.
 */
export function nearestOf(readings: readonly Reading[], best: Reading): Reading {
  const saying = readings.filter(({ identity }) => identity === best.identity);
  const scored = saying.filter(({ isPlainlyScored }) => isPlainlyScored);
  const same = scored.length > 0 ? scored : saying;
  return same.reduce((nearest, reading) =>
    differingWords(reading.evidence()) < differingWords(nearest.evidence()) ? reading : nearest,
  );
}

/** The probability of what a reading says, as opposed to what all others say, 0–1. */
export function share(readings: readonly Reading[], said: Reading): number {
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

/** Returns each slot with its probability, and with the other values it has in readings of the same command. */
export function slotsWithAlternatives(readings: readonly Reading[], best: Reading): MatchedSlot[] {
  const same = readings.filter((reading) => reading.result.match.command === best.result.match.command);
  return (best.result.slots ?? []).map((slot) => {
    const values = new Map<unknown, MatchedSlot>();
    for (const reading of same) {
      const other = reading.result.slots?.find(({ name }) => name === slot.name);
      if (other && !values.has(other.value)) values.set(other.value, other);
    }
    const confidenceOf = (value: unknown): number =>
      shareOf(same, ({ result }) => result.slots?.find(({ name }) => name === slot.name)?.value === value);
    values.delete(slot.value);
    return {
      ...slot,
      confidence: confidenceOf(slot.value),
      alternatives: [...values.values()].map(({ words, value }) => ({ words, value, confidence: confidenceOf(value) })),
    };
  });
}

/**
 * Returns the log-probability minus the cost of the audio that the reading leaves out. Nothing is subtracted when it
 * has all words of the free reading, or more words after them.
 */
function logProbabilityOf(
  { text, logProbability, endMs }: Alternative,
  free: Pick<Alternative, 'text' | 'endMs'>,
): number {
  const isWhole = endMs <= 0 || free.endMs <= 0 || letters(text).startsWith(letters(free.text));
  const missedMs = isWhole ? 0 : Math.max(0, free.endMs - endMs - missed.toleratedMs);
  return logProbability - (missed.natsPerSecond * missedMs) / 1000;
}

/** Whether the words could be spoken in the time that they took. */
function isSpeakable(text: string, audioMs: number): boolean {
  return letters(text).length <= (fastest * audioMs) / 1000;
}

/** Returns only the letters and digits, in lower case. */
function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
