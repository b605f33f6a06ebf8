import type { Language } from '../language/index.ts';
import { spellings } from '../spellings.ts';
import { foldWord, tokenize } from '../tokenize.ts';

/** Words in the form in which they are looked up. */
export function phraseKey(words: readonly string[]): string {
  return words.map(foldWord).join(' ');
}

/** Values by everything that can be said for them; made per language on first use. The first value that claims a phrase keeps it. */
export class SpokenValues<T> {
  readonly #entries: (language: Language) => Iterable<[phrase: string, value: T]>;
  readonly #isComplete: boolean;
  readonly #maps = new Map<Language, Map<string, T>>();

  /** @param options `isComplete`: the entries hold every spelling already */
  constructor(entries: (language: Language) => Iterable<[phrase: string, value: T]>, options: { isComplete?: boolean } = {}) {
    this.#entries = entries;
    this.#isComplete = options.isComplete ?? false;
  }

  /** Every phrase, plain spellings only. */
  phrases(language: Language): Iterable<string> {
    const entries = this.#entries;
    // A new generator each time: a pattern may be read more than once.
    return { *[Symbol.iterator]() { for (const [phrase] of entries(language)) yield phrase; } };
  }

  /** The value of the words, in any of their spellings. */
  find(words: readonly string[], language: Language): T | undefined {
    let map = this.#maps.get(language);
    if (!map) {
      map = new Map();
      // Two rounds: what an author wrote goes before what it may also be written as.
      for (const [phrase, value] of this.#entries(language)) setFirst(map, phraseKey(tokenize(phrase)), value);
      if (!this.#isComplete) {
        for (const [phrase, value] of this.#entries(language)) for (const way of spellings(phrase, language)) setFirst(map, phraseKey(way), value);
      }
      this.#maps.set(language, map);
    }
    return map.get(phraseKey(words));
  }
}

function setFirst<T>(map: Map<string, T>, key: string, value: T): void {
  if (!map.has(key)) map.set(key, value);
}
