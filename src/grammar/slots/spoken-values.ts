import type { Language } from '../../language/index.ts';
import { spellings } from '../spellings.ts';
import { foldWord, tokenize } from '../tokenize.ts';

const foldedText = /^[a-z0-9% ]*$/;

/** Words in the form in which they are looked up. */
export function phraseKey(words: readonly string[]): string {
  const text = words.join(' ');
  return foldedText.test(text) ? text : words.map(foldWord).join(' ');
}

/** Values by their phrases. */
interface Known<T> {
  /** As an author wrote them; these go first. */
  plain: Map<string, T>;
  /** As they may also be written: digits for words, hyphenated words joined. */
  other: Map<string, T>;
}

/**
 * Values by everything that can be said for them; made per language on first use. The first value that claims a phrase
 * keeps it.
 */
export class SpokenValues<T> {
  readonly #entries: (language: Language) => Iterable<[phrase: string, value: T]>;
  readonly #isComplete: boolean;
  readonly #known = new Map<Language, Known<T>>();

  /** @param options `isComplete`: the entries hold every spelling already */
  constructor(
    entries: (language: Language) => Iterable<[phrase: string, value: T]>,
    options: { isComplete?: boolean } = {},
  ) {
    this.#entries = entries;
    this.#isComplete = options.isComplete ?? false;
  }

  /** Every phrase in every spelling; may be read more than once. */
  phrases(language: Language): Iterable<readonly string[]> {
    return { [Symbol.iterator]: () => this.#read(language) };
  }

  /** Whoever reads to the end has made the table for `find` as well. */
  *#read(language: Language): Generator<readonly string[], undefined> {
    const known: Known<T> = { plain: new Map(), other: new Map() };
    for (const [phrase, value] of this.#entries(language)) {
      const ways = this.#isComplete ? [tokenize(phrase)] : spellings(phrase, language);
      ways.forEach((words, i) => setFirst(i === 0 ? known.plain : known.other, phraseKey(words), value));
      yield* ways;
    }
    this.#known.set(language, known);
    return undefined;
  }

  /** The value of the words, in any of their spellings. */
  find(words: readonly string[], language: Language): T | undefined {
    if (!this.#known.has(language)) for (const way of this.#read(language)) void way;
    const { plain, other } = this.#known.get(language)!;
    const key = phraseKey(words);
    return plain.get(key) ?? other.get(key);
  }
}

function setFirst<T>(map: Map<string, T>, key: string, value: T): void {
  if (!map.has(key)) map.set(key, value);
}
