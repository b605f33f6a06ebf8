import { createHash } from 'node:crypto';
import { z } from 'zod';
import { baseCode, type Language } from '../../language/index.ts';
import { expandTemplate } from '../expand.ts';
import { TemplateError } from '../template.ts';
import type { ListValue, Value } from './list-value.ts';
import { runTimeList, type ListFunction } from './run-time-list.ts';
import type { Slot } from './slot.ts';
import { SpokenValues, type Clash, type Entry } from './spoken-values.ts';

/** The characters that words can be made of. */
const sayable = /[\p{L}\p{N}°&+]/u;
/** How many pairs of values that are said in the same way are told. */
const maxTold = 5;

/** How a list is understood. */
export interface ListOptions {
  /** Whether plurals of the last word count as well; default false. */
  plurals?: boolean;
}

/**
 * One of a list of values, of which there may be 100,000; or of up to 500 that a function computes for each session,
 * when it starts and again when what the function reads has changed.
 * @example list(['kitchen', 'living room', { value: 'study', say: ['[the] study', 'home office'] }])
 * @example list(({ state }) => state.get<string[]>('playlists') ?? [])
 */
export function list<const V extends Value>(
  values: readonly (V | ListValue<V>)[] | ListFunction<V>,
  options: ListOptions = {},
): Slot<V> {
  return typeof values === 'function'
    ? runTimeList(values, (found: readonly (V | ListValue<V>)[]) => fixedList(found, options))
    : fixedList(values, options);
}

function fixedList<V extends Value>(values: readonly (V | ListValue<V>)[], options: ListOptions): Slot<V> {
  const items = values.map((value): ListValue<V> =>
    typeof value === 'object' ? (value as ListValue<V>) : { value: value },
  );
  const known = new Set<unknown>(items.map(({ value }) => keyOf(value)));
  const spoken = new SpokenValues<V>((language) => entries(items, language, options), { isDistinct: true });
  let key: string | undefined;
  return {
    type: 'list',
    schema: z.custom<V>((value) => known.has(keyOf(value)), {
      error: () => `one of ${shorten(items.map(nameOf))} was expected`,
    }),
    get key() {
      return (key ??= `list:${createHash('sha1')
        .update(JSON.stringify([items, options]))
        .digest('base64')}`);
    },
    vagueness: 0.1,
    guessable: true,
    problems: () => (items.length === 0 ? ['the list has no values'] : items.flatMap(problemsOf).slice(0, maxTold)),
    warnings: (language) => clashTexts(spoken.clashes(language)),
    pattern: (language) => ({ kind: 'phrases', phrases: spoken.phrases(language) }),
    parse: (words, language) => spoken.find(words, language),
    values: () => items.map(({ value }) => value),
    hint: (language) => shorten(items.map((item) => waysOf(item, language)[0] ?? nameOf(item))),
  };
}

const fine: readonly string[] = [];

/** Data that came as JSON equals the value that it was made from. */
function keyOf(value: unknown): unknown {
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

function nameOf({ value }: ListValue<Value>): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function problemsOf(item: ListValue<Value>): readonly string[] {
  if (item.say === undefined && sayable.test(nameOf(item)) && typeof item.value !== 'object') return fine;
  try {
    return allWays(item).some((phrase) => sayable.test(phrase))
      ? []
      : [`nothing can be said for the value ${JSON.stringify(item.value)}`];
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return [`what is said for ${JSON.stringify(item.value)} is wrong: ${error.message.replace(/\.$/, '')}`];
  }
}

function clashTexts<V extends Value>(clashes: readonly Clash<V>[]): string[] {
  const told = clashes
    .slice(0, maxTold)
    .map(
      ({ phrase, first, second }) =>
        `"${phrase}" is said for ${JSON.stringify(first)} and for ${JSON.stringify(second)}, so it means neither; ` +
        'give one of them another "say"',
    );
  return clashes.length > maxTold ? [...told, `${clashes.length - maxTold} more are said like another value`] : told;
}

/** Returns the phrases for a value in every language. */
function allWays({ value, say }: ListValue<Value>): readonly string[] {
  if (say === undefined) return typeof value === 'object' ? [] : [String(value)];
  return (isPlainList(say) ? say : Object.values(say).flat()).flatMap(expandTemplate);
}

/** Returns the phrases for a value in one language. */
export function waysOf({ value, say }: ListValue<Value>, language: Language): readonly string[] {
  if (say === undefined && typeof value === 'string') return [value];
  const ways =
    say === undefined || isPlainList(say)
      ? say
      : (say[language.code] ??
        Object.entries(say).find(([code]) => baseCode(code) === language.code)?.[1] ??
        (typeof value === 'object' ? Object.values(say)[0] : undefined));
  return ways?.flatMap(expandOrNothing) ?? (typeof value === 'object' ? [] : [String(value)]);
}

/** A wrong template is one of the list's problems. */
function expandOrNothing(template: string): readonly string[] {
  try {
    return expandTemplate(template);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return [];
  }
}

function isPlainList(say: NonNullable<ListValue<Value>['say']>): say is readonly string[] {
  return Array.isArray(say);
}

function* entries<V extends Value>(
  items: readonly ListValue<V>[],
  language: Language,
  options: ListOptions,
): Iterable<Entry<V>> {
  for (const item of items) {
    for (const phrase of waysOf(item, language)) {
      yield [phrase, item.value];
      if (!options.plurals) continue;
      const words = phrase.split(/\s+/);
      for (const plural of language.plurals(words.at(-1)!))
        yield [[...words.slice(0, -1), plural].join(' '), item.value, true];
    }
  }
}

function shorten(words: string[]): string {
  return words.length <= 6 ? words.join(', ') : `${words.slice(0, 5).join(', ')} … (${words.length} in all)`;
}
