import type { Grammar, GrammarCommand } from '../grammar/index.ts';
import { skeletonsOf, type Skeleton } from './skeletons.ts';

/** Words of an utterance that are the value of a slot; `to` is exclusive. */
interface ValueIn {
  from: number;
  to: number;
  words: string;
}

interface Filled {
  text: string;
  used: readonly ValueIn[];
}

/** The longest value that is looked for, words. */
const maxValueWords = 8;
/** How many sentences of one command are compared with an utterance. */
const maxWordings = 12;

/** The skeletons of commands, by grammar, because examples are understood by it. */
const known = new WeakMap<Grammar, Map<string, readonly Skeleton[]>>();

/**
 * Returns the sentences in which a command could have been given with the values that the words of an utterance hold.
 * No value is ever made up: a sentence with a slot for which the words have none is left out, and of the others only
 * those count that use the most values.
 */
export function wordingsOf(words: readonly string[], command: GrammarCommand, grammar: Grammar): string[] {
  const values = new Map(
    Object.keys(command.slots).map((name) => [name, valuesIn(words, command.slots[name]!, grammar)]),
  );
  const filled = skeletonsIn(grammar, command).flatMap((skeleton) => fill(skeleton, values));
  const most = Math.max(0, ...filled.map(({ used }) => used.length));
  const texts = filled.filter(({ used }) => used.length === most).map(({ text }) => text);
  return [...new Set(texts)].slice(0, maxWordings);
}

function skeletonsIn(grammar: Grammar, command: GrammarCommand): readonly Skeleton[] {
  let byName = known.get(grammar);
  if (!byName) known.set(grammar, (byName = new Map<string, readonly Skeleton[]>()));
  let skeletons = byName.get(command.name);
  if (!skeletons) byName.set(command.name, (skeletons = skeletonsOf(command, grammar)));
  return skeletons;
}

/** Returns the values of a slot that the words hold, the longest ones, none of which lies within another. */
function valuesIn(words: readonly string[], slot: GrammarCommand['slots'][string], { language }: Grammar): ValueIn[] {
  const found: ValueIn[] = [];
  for (let length = Math.min(maxValueWords, words.length); length > 0; length--)
    for (let from = 0; from + length <= words.length; from++) {
      const value = words.slice(from, from + length);
      const candidate = { from, to: from + length, words: value.join(' ') };
      if (!found.some((other) => overlap(other, candidate)) && slot.parse(value, language) !== undefined)
        found.push(candidate);
    }
  return found;
}

function overlap(a: ValueIn, b: ValueIn): boolean {
  return a.from < b.to && b.from < a.to;
}

/** Fills the slots of a skeleton in every way, without using the same words twice. */
function fill(skeleton: Skeleton, values: ReadonlyMap<string, readonly ValueIn[]>): Filled[] {
  let ways: Filled[] = [{ text: '', used: [] }];
  for (const part of skeleton) {
    ways = ways.flatMap(({ text, used }) => {
      if (typeof part === 'string') return [{ text: joined(text, part), used }];
      const free = (values.get(part.slot) ?? []).filter((value) => !used.some((other) => overlap(other, value)));
      return free.map((value) => ({ text: joined(text, value.words), used: [...used, value] }));
    });
  }
  return ways;
}

function joined(text: string, next: string): string {
  return text === '' ? next : `${text} ${next}`;
}
