import type { Language } from '../../language/index.ts';
import { foldWords } from '../fold.ts';
import { spellings } from '../spellings.ts';
import { tokenize } from '../tokenize.ts';

/** A phrase and its value. A phrase that was derived from another one gives way to those that an author wrote. */
export type Entry<T> = readonly [phrase: string, value: T, isDerived?: boolean];

/** Two values that are said in the same way. */
export interface Clash<T> {
  phrase: string;
  first: T;
  second: T;
}

/** Values by their phrases. */
interface Known<T> {
  /** As an author wrote them; these take precedence. */
  plain: Map<string, T>;
  /** As they may also be written: digits for words, hyphenated words joined. */
  other: Map<string, T>;
  /** By the key of the phrase. */
  clashes: Map<string, Clash<T>>;
}

/** Values by everything that can be said for them, built per language on first use. */
export class SpokenValues<T> {
  readonly #entries: (language: Language) => Iterable<Entry<T>>;
  readonly #isComplete: boolean;
  readonly #isDistinct: boolean;
  readonly #known = new Map<Language, Known<T>>();

  /**
   * @param options `isComplete`: the entries already contain every spelling; `isDistinct`: a phrase that two values
   *   share belongs to neither, instead of to the first
   */
  constructor(
    entries: (language: Language) => Iterable<Entry<T>>,
    options: { isComplete?: boolean; isDistinct?: boolean } = {},
  ) {
    this.#entries = entries;
    this.#isComplete = options.isComplete ?? false;
    this.#isDistinct = options.isDistinct ?? false;
  }

  /** Returns every phrase in every spelling; may be iterated more than once. */
  phrases(language: Language): Iterable<readonly string[]> {
    return { [Symbol.iterator]: () => this.#read(language) };
  }

  /** Iterating to the end also fills the table that `find` uses. */
  *#read(language: Language): Generator<readonly string[], undefined> {
    const known: Known<T> = { plain: new Map(), other: new Map(), clashes: new Map() };
    for (const [phrase, value, isDerived] of this.#entries(language)) {
      const ways = this.#isComplete ? [tokenize(phrase)] : spellings(phrase, language);
      ways.forEach((words, i) => {
        const isPlain = i === 0 && isDerived !== true;
        const key = foldWords(words);
        const first = setFirst(isPlain ? known.plain : known.other, key, value);
        if (this.#isDistinct && isPlain && first !== value && !known.clashes.has(key))
          known.clashes.set(key, { phrase, first, second: value });
      });
      yield* ways;
    }
    this.#known.set(language, known);
    return undefined;
  }

  /** Returns the value of the words, in any of their spellings. */
  find(words: readonly string[], language: Language): T | undefined {
    const { plain, other, clashes } = this.#knownIn(language);
    const key = foldWords(words);
    return clashes.has(key) ? undefined : (plain.get(key) ?? other.get(key));
  }

  /** Returns the phrases that two values share, as they were written for the second. */
  clashes(language: Language): Clash<T>[] {
    return [...this.#knownIn(language).clashes.values()];
  }

  #knownIn(language: Language): Known<T> {
    if (!this.#known.has(language)) for (const way of this.#read(language)) void way;
    return this.#known.get(language)!;
  }
}

/** Keeps the first value of a key, and returns it. */
function setFirst<T>(map: Map<string, T>, key: string, value: T): T {
  const first = map.get(key);
  if (first !== undefined) return first;
  map.set(key, value);
  return value;
}
