/** Shorter words are too like each other. */
const shortest = 3;
/** More words are not kept in mind. */
const maxKept = 5_000;

/** Finds the number words that a word may be with one letter changed, lost or put in: "four" for "fotr". */
export class NumberLike {
  readonly #byLength = new Map<number, string[]>();
  readonly #known = new Map<string, readonly string[]>();

  /** @param words folded number words */
  constructor(words: Iterable<string>) {
    for (const word of words) {
      if (word.length < shortest) continue;
      const same = this.#byLength.get(word.length);
      if (same) same.push(word);
      else this.#byLength.set(word.length, [word]);
    }
  }

  find(word: string): readonly string[] {
    let answer = this.#known.get(word);
    if (answer === undefined) {
      if (this.#known.size > maxKept) this.#known.clear();
      const near = [-1, 0, 1].flatMap((more) => this.#byLength.get(word.length + more) ?? []);
      answer = word.length < shortest ? [] : near.filter((other) => isOneEdit(word, other));
      this.#known.set(word, answer);
    }
    return answer;
  }
}

function isOneEdit(one: string, other: string): boolean {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  let end = 0;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return Math.max(one.length, other.length) - start - end <= 1;
}
