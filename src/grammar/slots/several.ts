import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Language } from '../../language/index.ts';
import type { Pattern } from '../pattern.ts';
import { perLanguage } from './per-language.ts';
import type { Slot } from './slot.ts';
import { either, endsOf, readBy, slotPart, table, type Part } from './spoken-part.ts';

/** How many values are expected in speech; typed phrases may hold more. */
const mostSpoken = 4;

/**
 * One or more values of another slot: "kitchen and bedroom", "kitchen, bedroom and office". Where the slot is a list,
 * "everything" and "everything except the office" too. The value is an array without repeats.
 */
export function several<T>(slot: Slot<T>): Slot<T[]> {
  const part = perLanguage((language) => {
    const row = rowOf(slotPart(slot, language), language);
    return slot.values ? either(everything(slot.values(), row, language), row) : row;
  });
  const { runTime } = slot;
  return {
    type: 'several',
    schema: z.array(slot.schema).min(1),
    key: `several:${slot.key}`,
    vagueness: slot.vagueness,
    guessable: slot.guessable,
    problems: () => slot.problems(),
    ...readBy(part),
    ...(runTime ? { runTime: { ...runTime, fill: (values: unknown) => several(runTime.fill(values)) } } : {}),
    hint: (language) => slot.hint(language),
  };
}

function rowOf<T>(item: Part<T>, language: Language): Part<T[]> {
  const and = wordsOf(language.things?.and ?? language.and);
  const article = wordsOf(language.things?.articles ?? []);
  const one: Pattern = { kind: 'sequence', parts: [{ kind: 'optional', part: article.pattern }, item.pattern] };
  let pattern = one;
  for (let count = 1; count < mostSpoken; count++) {
    const rest: Pattern = { kind: 'sequence', parts: [{ kind: 'optional', part: and.pattern }, pattern] };
    pattern = { kind: 'sequence', parts: [one, { kind: 'optional', part: rest }] };
  }
  return {
    pattern: { kind: 'shared', part: pattern },
    *read(words, at) {
      // What the words up to a position are; the first way to get there counts, so that long talk stays cheap.
      const known = new Map<number, T[]>([[at, []]]);
      for (let from = at; from < words.length; from++) {
        const before = known.get(from);
        if (!before) continue;
        const starts = from === at ? [from] : [from, ...endsOf(and, words, from)];
        for (const start of starts.flatMap((position) => [position, ...endsOf(article, words, position)])) {
          for (const { value, end } of item.read(words, start))
            if (!known.has(end)) known.set(end, withValue(before, value));
        }
      }
      known.delete(at);
      for (const [end, value] of [...known].sort((a, b) => b[0] - a[0])) yield { value, end };
    },
  };
}

/** All values of a list, or all but some. */
function everything<T>(all: readonly T[], row: Part<T[]>, language: Language): Part<T[]> {
  const every = wordsOf(language.things?.everything ?? []);
  const except = wordsOf(language.things?.except ?? []);
  const exception: Pattern = { kind: 'sequence', parts: [except.pattern, row.pattern] };
  return {
    pattern: { kind: 'sequence', parts: [every.pattern, { kind: 'optional', part: exception }] },
    *read(words, at) {
      for (const { end } of every.read(words, at)) {
        for (const { end: from } of except.read(words, end)) {
          for (const { value: left, end: last } of row.read(words, from)) {
            const value = all.filter((one) => !left.some((other) => isDeepStrictEqual(one, other)));
            if (value.length > 0) yield { value, end: last };
          }
        }
        yield { value: [...all], end };
      }
    },
  };
}

function wordsOf(phrases: readonly string[]): Part<true> {
  return table(phrases.map((phrase) => [phrase, true] as const));
}

function withValue<T>(values: readonly T[], value: T): T[] {
  return values.some((known) => isDeepStrictEqual(known, value)) ? [...values] : [...values, value];
}
