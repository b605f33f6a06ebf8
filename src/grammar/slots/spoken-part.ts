import type { Language } from '../../language/index.ts';
import { foldWords } from '../fold.ts';
import type { Pattern } from '../pattern.ts';
import { parseTemplate } from '../template.ts';
import { tokenize } from '../tokenize.ts';
import type { Slot } from './slot.ts';

/** One way to read words: the value, and the position after the last word that belongs to it. */
export interface Reading<T> {
  value: T;
  end: number;
}

/** A piece of a spoken value: what can be said for it, and what each way of saying it means. */
export interface Part<T> {
  readonly pattern: Pattern;
  /** Returns the values of the words from a position on, the likeliest first. */
  read(words: readonly string[], at: number): Iterable<Reading<T>>;
}

type Parts = Readonly<Record<string, Part<unknown>>>;

/** What the parts that a template names were read as. */
export type Found<P extends Parts> = { [Name in keyof P]?: P[Name] extends Part<infer T> ? T : never };

/** Returns the value that all of the words have, or undefined. */
export function readAll<T>(part: Part<T>, words: readonly string[]): T | undefined {
  for (const { value, end } of part.read(words, 0)) if (end === words.length) return value;
  return undefined;
}

/** Returns every position where a value that begins at a position may end. */
export function endsOf(part: Part<unknown>, words: readonly string[], at: number): number[] {
  return [...new Set(Array.from(part.read(words, at), ({ end }) => end))];
}

/** The members of a slot whose values are read by a part, which differs by language. */
export function readBy<T>(
  part: (language: Language) => Part<T>,
): Required<Pick<Slot<T>, 'pattern' | 'ends' | 'parse'>> {
  return {
    pattern: (language) => part(language).pattern,
    ends: (words, at, language) => endsOf(part(language), words, at),
    parse: (words, language) => readAll(part(language), words),
  };
}

/** Values by fixed phrases; of two values with the same phrase, the first has it. */
export function table<T>(entries: Iterable<readonly [phrase: string, value: T]>): Part<T> {
  const values = new Map<string, T>();
  const phrases: string[][] = [];
  let longest = 0;
  for (const [phrase, value] of entries) {
    const words = tokenize(phrase);
    const key = foldWords(words);
    if (words.length === 0 || values.has(key)) continue;
    values.set(key, value);
    phrases.push(words);
    longest = Math.max(longest, words.length);
  }
  return {
    pattern: { kind: 'shared', part: { kind: 'phrases', phrases } },
    *read(words, at) {
      for (let end = Math.min(words.length, at + longest); end > at; end--) {
        const key = foldWords(words.slice(at, end));
        if (values.has(key)) yield { value: values.get(key)!, end };
      }
    },
  };
}

/** Single words that are read by a function; `listed` are those that the decoder may expect. */
export function written<T>(listed: Iterable<string>, read: (word: string) => T | undefined): Part<T> {
  return {
    pattern: { kind: 'shared', part: { kind: 'phrases', phrases: Array.from(listed, (word) => [word]) } },
    *read(words, at) {
      const value = at < words.length ? read(words[at]!) : undefined;
      if (value !== undefined) yield { value, end: at + 1 };
    },
  };
}

/** Any of several parts. */
export function either<T>(...parts: readonly Part<T>[]): Part<T> {
  return {
    pattern: { kind: 'shared', part: { kind: 'choice', options: parts.map(({ pattern }) => pattern) } },
    *read(words, at) {
      for (const part of parts) yield* part.read(words, at);
    },
  };
}

/** How many words a value of another slot may have inside a part. */
const mostSlotWords = 16;

/** The values of a slot, the longest first. */
export function slotPart<T>(slot: Slot<T>, language: Language): Part<T> {
  return {
    pattern: { kind: 'shared', part: slot.pattern(language) },
    *read(words, at) {
      for (let end = Math.min(words.length, at + mostSlotWords); end > at; end--) {
        const value = slot.parse(words.slice(at, end), language);
        if (value !== undefined) yield { value, end };
      }
    },
  };
}

/**
 * A part that is said in the ways that templates describe, whose `{names}` are other parts. What they were read as is
 * given to `meaning`, which returns undefined for words that make no sense together.
 */
export function templates<P extends Parts, T>(
  list: readonly string[],
  parts: P,
  meaning: (found: Found<P>) => T | undefined,
): Part<T> {
  const patterns = list.map((template) => withParts(parseTemplate(template), parts));
  return {
    pattern: { kind: 'shared', part: { kind: 'choice', options: patterns.map(plainPattern) } },
    *read(words, at) {
      for (const pattern of patterns) {
        for (const { end, found } of follow(pattern, words, at, {})) {
          const value = meaning(found as Found<P>);
          if (value !== undefined) yield { value, end };
        }
      }
    },
  };
}

/** A template whose names have been looked up. */
type Ready =
  | { kind: 'sequence' | 'choice'; parts: readonly Ready[] }
  | { kind: 'optional'; part: Ready }
  | { kind: 'part'; name: string; part: Part<unknown> };

function withParts(pattern: Pattern, parts: Parts): Ready {
  switch (pattern.kind) {
    case 'words':
      return { kind: 'part', name: '', part: table([[pattern.text, true]]) };
    case 'slot':
      return { kind: 'part', name: pattern.name, part: parts[pattern.name]! };
    case 'sequence':
      return { kind: 'sequence', parts: pattern.parts.map((part) => withParts(part, parts)) };
    case 'choice':
      return { kind: 'choice', parts: pattern.options.map((part) => withParts(part, parts)) };
    case 'optional':
      return { kind: 'optional', part: withParts(pattern.part, parts) };
    default:
      throw new Error(`a language's templates hold no ${pattern.kind}`);
  }
}

function plainPattern(ready: Ready): Pattern {
  switch (ready.kind) {
    case 'sequence':
      return { kind: 'sequence', parts: ready.parts.map(plainPattern) };
    case 'choice':
      return { kind: 'choice', options: ready.parts.map(plainPattern) };
    case 'optional':
      return { kind: 'optional', part: plainPattern(ready.part) };
    case 'part':
      return ready.part.pattern;
  }
}

type Step = { end: number; found: Readonly<Record<string, unknown>> };

function* follow(ready: Ready, words: readonly string[], at: number, found: Step['found']): Generator<Step> {
  switch (ready.kind) {
    case 'part':
      for (const { value, end } of ready.part.read(words, at))
        yield { end, found: ready.name === '' ? found : { ...found, [ready.name]: value } };
      return;
    case 'optional':
      yield* follow(ready.part, words, at, found);
      yield { end: at, found };
      return;
    case 'choice':
      for (const part of ready.parts) yield* follow(part, words, at, found);
      return;
    case 'sequence':
      yield* followAll(ready.parts, words, at, found);
  }
}

function* followAll(
  parts: readonly Ready[],
  words: readonly string[],
  at: number,
  found: Step['found'],
): Generator<Step> {
  if (parts.length === 0) {
    yield { end: at, found };
    return;
  }
  for (const step of follow(parts[0]!, words, at, found)) yield* followAll(parts.slice(1), words, step.end, step.found);
}
