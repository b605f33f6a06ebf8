import type { Alternative, Transcript } from '../types.ts';
import { evidenceOf } from './evidence-of.ts';
import { differingWords, type Evidence } from './judgement.ts';
import type { Matcher } from './matcher.ts';
import type { MatchedSlot, MatchResult } from './result.ts';

/** A reading that is a command exactly. */
export interface Reading {
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

/**
 * Nobody speaks faster, letters and digits a second; a short sound that the grammar makes a whole sentence of would be.
 */
const fastest = 25;

/** All readings that are a command exactly, most probable first, each text once. */
export function readingsOf(matcher: Matcher, transcript: Transcript, free: MatchResult): Reading[] {
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
 * Of readings that say the same as the best one, that with the fewest other words: it shows best what was heard in
 * their place.
 */
export function nearestOf(readings: readonly Reading[], best: Reading): Reading {
  const saying = readings.filter(({ identity }) => identity === best.identity);
  const scored = saying.filter(({ isPlainlyScored }) => isPlainlyScored);
  const same = scored.length > 0 ? scored : saying;
  return same.reduce((nearest, reading) =>
    differingWords(reading.evidence()) < differingWords(nearest.evidence()) ? reading : nearest,
  );
}

/** The probability of what a reading says against what all others say, 0–1. */
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

/** Each slot with its probability and the other values it was heard as in readings of the same command. */
export function slotsWithAlternatives(readings: readonly Reading[], best: Reading): MatchedSlot[] {
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

/** Whether the words fit into the time that they were spoken in. */
function isSpeakable(text: string, audioMs: number): boolean {
  return letters(text).length <= (fastest * audioMs) / 1000;
}

/** Letters and digits alone, in lower case. */
function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
