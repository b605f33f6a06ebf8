import { foldWord } from './tokenize.ts';

/**
 * Words as small numbers. Spellings that are compared as equal ("it's", "its") share one number and are all kept for
 * writing.
 */
export class Lexicon {
  readonly #ids = new Map<string, number>();
  readonly #folded: string[] = [];
  /** A list only where there are several: nearly all words have one spelling. */
  readonly #written: (string | string[])[] = [];

  get size(): number {
    return this.#folded.length;
  }

  /** The number of a written word, made if it is new. */
  intern(written: string): number {
    const folded = foldWord(written);
    const id = this.#ids.get(folded);
    if (id !== undefined) {
      this.#addSpelling(id, written);
      return id;
    }
    this.#ids.set(folded, this.#folded.length);
    this.#written.push(written);
    return this.#folded.push(folded) - 1;
  }

  /** The number of a word, or -1 when nobody has used it. */
  find(written: string): number {
    return this.#ids.get(foldWord(written)) ?? -1;
  }

  /** The compared form. */
  folded(id: number): string {
    return this.#folded[id]!;
  }

  /** Every way it was written. */
  written(id: number): readonly string[] {
    const known = this.#written[id]!;
    return typeof known === 'string' ? [known] : known;
  }

  #addSpelling(id: number, written: string): void {
    const known = this.#written[id]!;
    if (typeof known !== 'string') {
      if (!known.includes(written)) known.push(written);
    } else if (known !== written) this.#written[id] = [known, written];
  }
}
