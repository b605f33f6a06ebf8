import { assign } from '../../src/speakers/assignment.ts';
import type { Turn } from '../lib/rttm.ts';

/** When a word is said, ms. */
interface TimedWord {
  startMs: number;
  endMs: number;
}

/**
 * Counts the words that have another speaker than in the reference, or none, under the mapping of speakers with the
 * fewest of these. Left out are words during which nobody or several people speak in the reference.
 */
export function wrongSpeakers(
  words: readonly TimedWord[],
  turns: readonly Turn[],
  heard: readonly (string | undefined)[],
): { words: number; wrong: number } {
  const scored = words.flatMap(({ startMs, endMs }, i) => {
    const speaking = turns.filter((turn) => 1000 * turn.startSeconds < endMs && 1000 * turn.endSeconds > startMs);
    const right = new Set(speaking.map(({ speaker }) => speaker));
    return right.size === 1 ? [{ right: [...right][0]!, heard: heard[i] }] : [];
  });
  const names = [...new Set(scored.map((word) => word.right))];
  const found = [...new Set(scored.flatMap((word) => word.heard ?? []))];
  const together = found.map((one) =>
    names.map((name) => scored.filter((word) => word.heard === one && word.right === name).length),
  );
  const best = assign(together.map((row) => row.map((count) => -count)));
  const correct = best.reduce<number>(
    (sum, column, row) => sum + (column === undefined ? 0 : together[row]![column]!),
    0,
  );
  return { words: scored.length, wrong: scored.length - correct };
}
