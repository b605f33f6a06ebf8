import type { Language } from '../language/index.ts';
import { foldWord, variantsOf } from './fold.ts';
import { readDigits } from './numbers/digits.ts';

/** A number whose digits are in groups, or which has decimals. */
const markedDigits = /^-?\d+(?:[.,]\d+)+$/;
const startsWithDigit = /^-?\d/;

/**
 * Numbers the words of a language. Spellings that are compared as equal ("it's" and "its", "1,500" and "1500") share
 * one number, and all of them are kept, because the decoder may write any of them.
 */
export class Lexicon {
  readonly #ids = new Map<string, number>();
  readonly #folded: string[] = [];
  /** A list only where there are several spellings, because nearly all words have one. */
  readonly #written: (string | string[])[] = [];
  /** Only of words with capitals. */
  readonly #shown = new Map<number, string>();
  readonly #language: Pick<Language, 'decimalMarks'>;

  constructor(language: Pick<Language, 'decimalMarks'>) {
    this.#language = language;
  }

  get size(): number {
    return this.#folded.length;
  }

  /** Returns the number of a written word; a new word gets a new number. */
  intern(written: string): number {
    const folded = this.#fold(written);
    const id = this.#ids.get(folded);
    if (id !== undefined) {
      this.#addSpelling(id, written);
      return id;
    }
    this.#ids.set(folded, this.#folded.length);
    const variants = variantsOf(folded);
    this.#written.push(variants.length > 0 ? [...new Set([written, ...variants])] : written);
    return this.#folded.push(folded) - 1;
  }

  /** Returns the number of a word, or -1 when the lexicon does not have it. */
  find(written: string): number {
    // Most words that are asked for are known, and written as they are compared.
    return (
      (startsWithDigit.test(written) ? undefined : this.#ids.get(written)) ?? this.#ids.get(this.#fold(written)) ?? -1
    );
  }

  /** Returns the form in which the word is compared. */
  folded(id: number): string {
    return this.#folded[id]!;
  }

  /** Returns every way in which the word was written. */
  written(id: number): readonly string[] {
    const known = this.#written[id]!;
    return typeof known === 'string' ? [known] : known;
  }

  /** Remembers a word as an author wrote it, with its capitals. */
  show(written: string): void {
    const id = this.intern(written.toLowerCase());
    if (!this.#shown.has(id)) this.#shown.set(id, written);
  }

  /** Returns a word as people write it. */
  shown(id: number): string {
    return this.#shown.get(id) ?? this.written(id)[0]!;
  }

  #fold(written: string): string {
    const digits = markedDigits.test(written) ? readDigits(written, this.#language) : undefined;
    return digits === undefined ? foldWord(written) : String(digits);
  }

  #addSpelling(id: number, written: string): void {
    const known = this.#written[id]!;
    if (typeof known !== 'string') {
      if (!known.includes(written)) known.push(written);
    } else if (known !== written) this.#written[id] = [known, written];
  }
}
