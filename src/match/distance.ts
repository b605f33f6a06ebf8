import { englishSpelling } from '../language/index.ts';

/**
 * How differently two words sound and are written, 0 equal to 1 unlike. The smaller of a letter and a sound distance
 * counts.
 * @param sounds `soundOf` of both, where it is known already
 */
export function wordDistance(first: string, second: string, sounds?: readonly [string, string]): number {
  if (first === second) return 0;
  if (isNumeric(first) || isNumeric(second)) return 1;
  const letters = editDistance(first, second) / Math.max(first.length, second.length);
  const [firstSound, secondSound] = sounds ?? [soundOf(first), soundOf(second)];
  const heard = editDistance(firstSound, secondSound) / Math.max(firstSound.length, secondSound.length, 1);
  // Equal sounds in other letters ("lite", "light") are nearly equal; sound alone is a coarse measure, so it never
  // makes words the same.
  return Math.min(1, Math.min(letters, 0.08 + 0.5 * letters + 0.5 * heard));
}

function isNumeric(word: string): boolean {
  return /\d/.test(word);
}

/** Letters inserted, dropped, swapped with a neighbour or replaced (optimal string alignment). */
export function editDistance(first: string, second: string): number {
  if (first.length === 0 || second.length === 0) return first.length + second.length;
  let beforeLast = new Uint16Array(second.length + 1);
  let last = Uint16Array.from({ length: second.length + 1 }, (_, column) => column);
  let current = new Uint16Array(second.length + 1);
  for (let row = 1; row <= first.length; row++) {
    current[0] = row;
    for (let column = 1; column <= second.length; column++) {
      const replaced = last[column - 1]! + (first[row - 1] === second[column - 1] ? 0 : 1);
      let best = Math.min(last[column]! + 1, current[column - 1]! + 1, replaced);
      if (row > 1 && column > 1 && first[row - 1] === second[column - 2] && first[row - 2] === second[column - 1])
        best = Math.min(best, beforeLast[column - 2]! + 1);
      current[column] = best;
    }
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return last[second.length]!;
}

/** A rough key of how a word sounds: consonant classes, every run of vowels as one sign. */
export function soundOf(word: string): string {
  let sound = word;
  for (const [pattern, to] of englishSpelling.key) sound = sound.replace(pattern, to);
  return sound;
}
