import { firstScale, type Language } from '../../language/index.ts';
import { foldWord } from '../fold.ts';
import { tokenize } from '../tokenize.ts';
import { numberKey } from './whole-reader.ts';

/** The largest ordinal that is known. */
const largest = 1000;

/** Reads places in a row in the words of one language. */
export class OrdinalReader {
  static readonly #known = new WeakMap<Language, OrdinalReader>();
  readonly #values = new Map<string, number>();
  readonly #marks: ReadonlySet<string>;
  readonly #starts: readonly string[];
  readonly #parts: ReadonlySet<string>;

  private constructor(language: Language) {
    const last = Number.isFinite(firstScale(language)) ? largest : 0;
    const parts = new Set<string>();
    for (let value = 1; value <= last; value++) {
      for (const way of language.ordinal(value)) {
        const key = foldWord(way.replaceAll(' ', ''));
        if (!this.#values.has(key)) this.#values.set(key, value);
        if (way.includes(' ') || value < 100) for (const word of way.split(' ')) parts.add(foldWord(word));
      }
    }
    this.#marks = new Set(language.ordinalMarks.map((mark) => numberKey(tokenize(mark))));
    this.#starts = language.ordinalStarts.map((start) => numberKey(tokenize(start)));
    this.#parts = new Set([...parts, ...this.#marks, ...this.#starts]);
  }

  static of(language: Language): OrdinalReader {
    let reader = OrdinalReader.#known.get(language);
    if (!reader) OrdinalReader.#known.set(language, (reader = new OrdinalReader(language)));
    return reader;
  }

  /** Whether a word can be part of an ordinal. */
  isPart(word: string): boolean {
    const folded = foldWord(word);
    return this.#parts.has(folded) || this.#values.has(folded);
  }

  /** Returns the place in a row that the words are as a whole, or undefined. */
  read(words: readonly string[]): number | undefined {
    const [first, ...others] = words.map(foldWord);
    if (first === undefined) return undefined;
    const value = this.#plain([first, ...others]);
    return value === undefined && this.#starts.includes(first) ? this.#plain(others) : value;
  }

  /** Digits with or without a mark ("3rd", and "3." whose point is not kept), or words. */
  #plain([first, ...others]: readonly string[]): number | undefined {
    if (first === undefined) return undefined;
    if (!/^\d+$/.test(first)) return this.#values.get([first, ...others].join(''));
    const mark = others.join('');
    return others.length === 0 || this.#marks.has(mark) ? Number(first) : undefined;
  }
}
