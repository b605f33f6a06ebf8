import { isDeepStrictEqual } from 'node:util';
import type { ExpectedCommand } from '../../cases/index.ts';
import type { Sentence } from '../sentences.ts';
import { plainArgs } from '../plain-args.ts';

/** How a spoken sentence was understood. */
export type Verdict = 'right' | 'other values' | 'other command' | 'nothing' | 'obeyed';

/** One sentence as it was spoken and understood. */
export interface Spoken {
  sentence: Sentence;
  voice: string;
  /** The signal-to-noise ratio, dB; absent in quiet. */
  snrDb?: number;
  came: readonly ExpectedCommand[];
  heard: string;
}

/** Judges how a sentence was understood. A phrase of `not` is right unless its command runs: then it was obeyed. */
export function verdictOf({ sentence, came }: Pick<Spoken, 'sentence' | 'came'>): Verdict {
  const { command, args, isMeant } = sentence;
  if (!isMeant) return came.some((each) => each.command === command) ? 'obeyed' : 'right';
  const [first] = came;
  if (!first) return 'nothing';
  if (came.length > 1 || first.command !== command) return 'other command';
  return args === undefined || isDeepStrictEqual(plainArgs(first.args), plainArgs(args)) ? 'right' : 'other values';
}

/** Whether something ran that the sentence does not mean. */
export function isWrong(verdict: Verdict): boolean {
  return verdict === 'other values' || verdict === 'other command' || verdict === 'obeyed';
}

/** What was taken for what, and how often. */
export interface Confusion {
  /** "command", or the name of a slot in braces. */
  of: string;
  meant: string;
  came: string;
  count: number;
  /** How often it was spoken. */
  total: number;
  /** The first sentence that was understood so. */
  example: Spoken;
}

/** Counts what was taken for what: commands, and the values of slots. The most frequent comes first. */
export function confusionsOf(results: readonly Spoken[]): Confusion[] {
  const found = new Map<string, Confusion>();
  const totals = new Map<string, number>();
  const count = (of: string, meant: string, came: string, example: Spoken): void => {
    const place = JSON.stringify([of, meant]);
    totals.set(place, (totals.get(place) ?? 0) + 1);
    if (meant === came) return;
    const key = JSON.stringify([of, meant, came]);
    const known = found.get(key);
    if (known) known.count++;
    else found.set(key, { of, meant, came, count: 1, total: 0, example });
  };
  for (const result of results) {
    const { sentence, came } = result;
    if (!sentence.isMeant) {
      if (verdictOf(result) === 'obeyed') count('not', sentence.say, sentence.command, result);
      continue;
    }
    const first = came[0];
    count('command', sentence.command, came.map(({ command }) => command).join(' + ') || 'nothing', result);
    if (first?.command !== sentence.command || came.length > 1) continue;
    for (const [name, value] of Object.entries(plainArgs(sentence.args ?? {})))
      count(`{${name}}`, textOf(value), textOf(plainArgs(first.args)[name]), result);
  }
  return [...found.values()]
    .map((confusion) => ({ ...confusion, total: totals.get(JSON.stringify([confusion.of, confusion.meant]))! }))
    .sort((one, other) => other.count - one.count);
}

function textOf(value: unknown): string {
  return value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);
}
