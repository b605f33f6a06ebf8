import { assign } from '../../src/speakers/assignment.ts';
import type { Turn } from './rttm.ts';

/** What is scored of a recording; the names are those of pyannote.metrics. */
export interface ScoredParts {
  /**
   * The width of what is left out around the start and the end of each reference turn, half of it on either side as
   * in pyannote.metrics: what NIST calls a collar of 0.25 s is 0.5 here. 0 if not given.
   */
  collarSeconds?: number;
  /** Whether what is left out is also where two reference turns overlap; false if not given. */
  skipOverlap?: boolean;
  /** The part of the recording that the reference describes; all of it if not given. */
  extent?: { startSeconds: number; endSeconds: number };
}

/** Durations in seconds; where two speakers talk, each counts. */
export interface DiarizationErrors {
  /** Speech in the reference. */
  total: number;
  missed: number;
  falseAlarm: number;
  /** Speech given to another speaker than the reference's, by the mapping of speakers that makes it the least. */
  confusion: number;
}

/** A stretch in which nobody starts or stops, and how many turns of each speaker hold it. */
interface Stretch {
  seconds: number;
  reference: Map<string, number>;
  hypothesis: Map<string, number>;
}

interface Change {
  atSeconds: number;
  /** Turns of this speaker, or reasons to leave a stretch out or to score it. */
  counts: Map<string, number>;
  key: string;
  by: 1 | -1;
}

/**
 * Compares two lists of turns of one recording as DiarizationErrorRate of pyannote.metrics does: with the one-to-one
 * mapping of speakers under which they agree longest.
 */
export function diarizationErrors(
  reference: readonly Turn[],
  hypothesis: readonly Turn[],
  parts: ScoredParts = {},
): DiarizationErrors {
  const stretches = cutIntoStretches(reference, hypothesis, parts);
  const mapping = mapSpeakers(stretches);
  const errors = { total: 0, missed: 0, falseAlarm: 0, confusion: 0 };
  for (const { seconds, reference: right, hypothesis: heard } of stretches) {
    const expected = sum(right.values());
    const got = sum(heard.values());
    let correct = 0;
    for (const [speaker, turns] of heard) correct += Math.min(turns, right.get(mapping.get(speaker) ?? '') ?? 0);
    errors.total += seconds * expected;
    errors.missed += seconds * Math.max(0, expected - got);
    errors.falseAlarm += seconds * Math.max(0, got - expected);
    errors.confusion += seconds * (Math.min(expected, got) - correct);
  }
  return errors;
}

/** Returns the error rate over several recordings: all that is wrong by all speech; 1 if there is none to be found. */
export function errorRate(recordings: readonly DiarizationErrors[]): number {
  const wrong = sum(recordings.map(({ missed, falseAlarm, confusion }) => missed + falseAlarm + confusion));
  const total = sum(recordings.map((errors) => errors.total));
  if (total === 0) return wrong === 0 ? 0 : 1;
  return wrong / total;
}

/** Cuts what is scored wherever a turn or a part that is left out starts or ends. */
function cutIntoStretches(
  reference: readonly Turn[],
  hypothesis: readonly Turn[],
  { collarSeconds = 0, skipOverlap = false, extent = { startSeconds: -Infinity, endSeconds: Infinity } }: ScoredParts,
): Stretch[] {
  const counts = { reference: new Map<string, number>(), hypothesis: new Map<string, number>() };
  const state = new Map<string, number>();
  const changes = [
    ...reference.flatMap((turn) => changesOf(turn, counts.reference, turn.speaker)),
    ...hypothesis.flatMap((turn) => changesOf(turn, counts.hypothesis, turn.speaker)),
    ...reference
      .filter(({ startSeconds, endSeconds }) => endSeconds > startSeconds)
      .flatMap(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])
      .flatMap((at) =>
        changesOf({ startSeconds: at - collarSeconds / 2, endSeconds: at + collarSeconds / 2 }, state, 'collar'),
      ),
    ...changesOf(extent, state, 'extent'),
  ].sort((a, b) => a.atSeconds - b.atSeconds);
  const stretches: Stretch[] = [];
  for (const [index, { atSeconds, counts: changed, key, by }] of changes.entries()) {
    const turns = (changed.get(key) ?? 0) + by;
    if (turns === 0) changed.delete(key);
    else changed.set(key, turns);
    const seconds = (changes[index + 1]?.atSeconds ?? atSeconds) - atSeconds;
    const isOverlap = sum(counts.reference.values()) > 1;
    const isScored = state.has('extent') && !state.has('collar') && !(skipOverlap && isOverlap);
    if (seconds === 0 || !isScored || counts.reference.size + counts.hypothesis.size === 0) continue;
    stretches.push({ seconds, reference: new Map(counts.reference), hypothesis: new Map(counts.hypothesis) });
  }
  return stretches;
}

function changesOf(
  { startSeconds, endSeconds }: { startSeconds: number; endSeconds: number },
  counts: Map<string, number>,
  key: string,
): Change[] {
  if (endSeconds <= startSeconds) return [];
  return [
    { atSeconds: startSeconds, counts, key, by: 1 },
    { atSeconds: endSeconds, counts, key, by: -1 },
  ];
}

/** The reference speaker of each speaker of the hypothesis that has one. */
function mapSpeakers(stretches: readonly Stretch[]): Map<string, string> {
  const names = (side: 'reference' | 'hypothesis') => [
    ...new Set(stretches.flatMap((stretch) => [...stretch[side].keys()])),
  ];
  const [right, heard] = [names('reference'), names('hypothesis')];
  const together = heard.map((speaker) =>
    right.map((other) =>
      sum(stretches.map((at) => at.seconds * (at.hypothesis.get(speaker) ?? 0) * (at.reference.get(other) ?? 0))),
    ),
  );
  const mapping = new Map<string, string>();
  for (const [index, column] of assign(together.map((row) => row.map((seconds) => -seconds))).entries()) {
    if (column !== undefined && together[index]![column]! > 0) mapping.set(heard[index]!, right[column]!);
  }
  return mapping;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
