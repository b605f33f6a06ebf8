import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Language } from '../../language/index.ts';
import type { Slot } from './slot.ts';
import { SpokenValues } from './spoken-values.ts';

/** What words can be made of. */
const sayable = /[\p{L}\p{N}°&]/u;

type Plain = string | number | boolean;

/**
 * A value, and what is said for it: for every language or by ISO 639-1 code. Without `say` the value itself is said.
 */
export interface ListValue<V extends Plain> {
  value: V;
  say?: readonly string[] | Readonly<Record<string, readonly string[]>>;
}

/** How a list is read. */
export interface ListOptions {
  /** Whether plurals of the last word count as well; default false. */
  plurals?: boolean;
}

/**
 * One of a list of values; 100,000 are fine.
 * @example list(['kitchen', 'living room', { value: 'study', say: ['study', 'home office'] }])
 */
export function list<const V extends Plain>(values: readonly (V | ListValue<V>)[], options: ListOptions = {}): Slot<V> {
  const items = values.map((value): ListValue<V> =>
    typeof value === 'object' && value !== null ? value : { value: value },
  );
  const known = new Set<Plain>(items.map((item) => item.value));
  const spoken = new SpokenValues<V>((language) => entries(items, language, options));
  let key: string | undefined;
  return {
    type: 'list',
    schema: z.custom<V>((value) => known.has(value as Plain), {
      error: () => `one of ${shorten(items.map((item) => String(item.value)))} was expected`,
    }),
    get key() {
      return (key ??= `list:${createHash('sha1')
        .update(JSON.stringify([items, options]))
        .digest('base64')}`);
    },
    vagueness: 0.1,
    guessable: true,
    problems: () => {
      if (items.length === 0) return ['the list has no values'];
      const mute = items.find((item) => !ways(item).some((phrase) => sayable.test(phrase)));
      return mute ? [`nothing can be said for the value ${JSON.stringify(mute.value)}`] : [];
    },
    pattern: (language) => ({ kind: 'phrases', phrases: spoken.phrases(language) }),
    parse: (words, language) => spoken.find(words, language),
    hint: () => shorten(items.map((item) => ways(item)[0] ?? String(item.value))),
  };
}

function ways<V extends Plain>(item: ListValue<V>, language?: Language): readonly string[] {
  const { say } = item;
  if (say === undefined) return [String(item.value)];
  if (Array.isArray(say)) return say as readonly string[];
  const byLanguage = say as Readonly<Record<string, readonly string[]>>;
  return (language ? byLanguage[language.code] : Object.values(byLanguage)[0]) ?? [String(item.value)];
}

function* entries<V extends Plain>(
  items: ListValue<V>[],
  language: Language,
  options: ListOptions,
): Iterable<[string, V]> {
  for (const item of items) {
    for (const phrase of ways(item, language)) {
      yield [phrase, item.value];
      if (!options.plurals) continue;
      const words = phrase.split(/\s+/);
      for (const plural of language.plurals(words.at(-1)!))
        yield [[...words.slice(0, -1), plural].join(' '), item.value];
    }
  }
}

function shorten(words: string[]): string {
  return words.length <= 6 ? words.join(', ') : `${words.slice(0, 5).join(', ')} … (${words.length} in all)`;
}
