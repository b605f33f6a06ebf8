import { foldWord } from './tokenize.ts';

/** Words as small numbers. Spellings that are compared as equal ("it's", "its") share one number and are all kept for writing. */
export class Lexicon {
  readonly #ids = new Map<string, number>();
  readonly #idsByWritten = new Map<string, number>();
  readonly #folded: string[] = [];
  readonly #written: string[][] = [];

  get size(): number {
    return this.#folded.length;
  }

  /** The number of a written word, made if it is new. */
  intern(written: string): number {
    const known = this.#idsByWritten.get(written);
    if (known !== undefined) return known;
    const folded = foldWord(written);
    let id = this.#ids.get(folded);
    if (id === undefined) {
      id = this.#folded.length;
      this.#ids.set(folded, id);
      this.#folded.push(folded);
      this.#written.push([written]);
    } else this.#written[id]!.push(written);
    this.#idsByWritten.set(written, id);
    return id;
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
    return this.#written[id]!;
  }
}
