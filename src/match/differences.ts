import type { WordScore } from '../types.ts';
import { editDistance } from './distance.ts';
import { soundDistance } from './sounds.ts';
import type { SpokenReading, SpokenWord } from './spoken-words.ts';

/** A place where the free reading and the constrained one have different words. */
export interface Difference {
  /** The words of the free reading, and those of the other one in their place; one of the two may be empty. */
  free: readonly string[];
  held: readonly string[];
  /** Where the words of the constrained reading are, or are missing: an index among its words. */
  heldAt: number;
  /** Whether the free words come before or after all words of the command in the constrained reading. */
  isBeside: boolean;
  /** How much the model would have preferred other words there, nats. */
  lead: number;
  /** How sure the free words are: the mean log-probability of a written word, nats; 0 when there are none. */
  sureness: number;
  /** How unlike the two sound, 0–1; 1 when one is empty. */
  distance: number;
}

/** The cost of leaving out or inserting a word, relative to exchanging two words that are unlike. */
const gapCost = 0.62;

/**
 * Finds where two readings of the same sound have different words, in the order of speaking. `edge` is where the
 * command ends and "in ten minutes" begins, or the other way round.
 */
export function differencesOf(free: SpokenReading, held: SpokenReading, edge?: number): Difference[] {
  const differences: Difference[] = [];
  const steps = align(free.words, held.words);
  for (let from = 0; from < steps.length; from++) {
    if (steps[from]!.isSame) continue;
    let to = from;
    while (to < steps.length && !steps[to]!.isSame) to++;
    const run = steps.slice(from, to);
    const difference = describe(
      { reading: free, words: run.flatMap(({ free: word }) => word ?? []) },
      { reading: held, words: run.flatMap(({ held: word }) => word ?? []), heldAt: run[0]!.heldAt, edge },
    );
    if (difference) differences.push(difference);
    from = to;
  }
  return differences;
}

interface Part {
  reading: SpokenReading;
  words: readonly SpokenWord[];
}

function describe(free: Part, held: Part & { heldAt: number; edge: number | undefined }): Difference | undefined {
  const [freeWords, heldWords] = [free, held].map(({ words }) => words.map(({ word }) => word)) as [string[], string[]];
  const [one, other] = [freeWords.join(''), heldWords.join('')];
  if (one === other) return undefined;
  // When words are left out, the score of the word after the gap shows how likely the omission is.
  const next = held.reading.words[held.heldAt + heldWords.length]?.at ?? held.reading.scores.length - 1;
  const places = new Set([
    ...held.words.map(({ at }) => at),
    ...(freeWords.length > heldWords.length || heldWords.length === 0 ? [next] : []),
  ]);
  const scores = scoresAt(free);
  return {
    free: freeWords,
    held: heldWords,
    heldAt: held.heldAt,
    isBeside: heldWords.length === 0 && [0, held.edge, held.reading.words.length].includes(held.heldAt),
    lead: [...places].reduce((sum, at) => sum + (held.reading.scores[at]?.lead ?? 0), 0),
    sureness: scores.reduce((sum, { logProbability }) => sum + logProbability, 0) / Math.max(1, scores.length),
    distance: one === '' || other === '' ? 1 : soundDistance(freeWords, heldWords),
  };
}

function scoresAt({ reading, words }: Part): WordScore[] {
  return [...new Set(words.map(({ at }) => at))].flatMap((at) => reading.scores[at] ?? []);
}

interface Step {
  free?: SpokenWord;
  held?: SpokenWord;
  isSame: boolean;
  heldAt: number;
}

/** Finds the cheapest way to turn one list of words into the other, word by word. */
function align(free: readonly SpokenWord[], held: readonly SpokenWord[]): Step[] {
  const width = held.length + 1;
  const cost = new Float64Array((free.length + 1) * width);
  const exchange = (row: number, column: number): number => {
    const [one, other] = [free[row]!.word, held[column]!.word];
    return one === other ? 0 : 0.5 + 0.7 * closeness(one, other);
  };
  for (let row = 0; row <= free.length; row++) {
    for (let column = 0; column <= held.length; column++) {
      if (row === 0 || column === 0) cost[row * width + column] = gapCost * (row + column);
      else
        cost[row * width + column] = Math.min(
          cost[(row - 1) * width + column - 1]! + exchange(row - 1, column - 1),
          cost[(row - 1) * width + column]! + gapCost,
          cost[row * width + column - 1]! + gapCost,
        );
    }
  }
  const steps: Step[] = [];
  for (let row = free.length, column = held.length; row > 0 || column > 0;) {
    const here = cost[row * width + column]!;
    if (row > 0 && column > 0 && here === cost[(row - 1) * width + column - 1]! + exchange(row - 1, column - 1)) {
      [row, column] = [row - 1, column - 1];
      steps.push({
        free: free[row]!,
        held: held[column]!,
        isSame: free[row]!.word === held[column]!.word,
        heldAt: column,
      });
    } else if (column === 0 || (row > 0 && here === cost[(row - 1) * width + column]! + gapCost)) {
      row--;
      steps.push({ free: free[row]!, isSame: false, heldAt: column });
    } else {
      column--;
      steps.push({ held: held[column]!, isSame: false, heldAt: column });
    }
  }
  return steps.reverse();
}

/** The price of pairing two words: 0 for equal letters, 1 when they share none. */
function closeness(one: string, other: string): number {
  return editDistance(one, other) / Math.max(one.length, other.length);
}
