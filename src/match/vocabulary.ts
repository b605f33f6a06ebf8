import { CommandWords, foldWord, perLanguage } from '../grammar/index.ts';
import type { Language } from '../language/index.ts';
import { editDistance, wordDistance } from './distance.ts';
import { SimilarWords } from './similar-words.ts';

/** What a language knows of words that must not be taken for one another; all words are folded. */
export class Vocabulary {
  static readonly of = perLanguage((language: Language) => new Vocabulary(language));
  readonly #words: CommandWords;
  readonly #fixed: ReadonlySet<string>;
  readonly #fixedTable: Table;
  readonly #verbTable: Table;
  readonly #others = new Map<string, boolean>();

  private constructor(language: Language) {
    this.#words = CommandWords.of(language);
    this.#fixed = new Set([...language.critical, ...language.directions].map(foldWord));
    this.#fixedTable = new Table([...this.#fixed]);
    this.#verbTable = new Table([...this.#words.verbForms.keys()]);
  }

  /** Whether the word has a counterpart, such as "left" and "off", or is a verb that commands are made of. */
  isFixed(word: string): boolean {
    return this.#fixed.has(word) || this.#words.verbsOf(word).size > 0;
  }

  /**
   * Whether a heard word is another word than the expected one, rather than the same one misheard. Where a command has
   * its verb (`isVerb`), the word may also be one of the verbs that are nearer.
   */
  isOther(heard: string, expected: string, { isVerb }: { isVerb: boolean }): boolean {
    const key = `${heard} ${expected} ${isVerb}`;
    let isOther = this.#others.get(key);
    if (isOther === undefined) {
      if (this.#others.size > maxKept) this.#others.clear();
      this.#others.set(key, (isOther = this.#judge(heard, expected, isVerb)));
    }
    return isOther;
  }

  #judge(heard: string, expected: string, isVerb: boolean): boolean {
    if (this.#isTurned(heard, expected) || this.#fixed.has(heard)) return true;
    const [verbs, meant] = [heard, expected].map((word) => this.#words.verbsOf(word)) as [Verbs, Verbs];
    if (verbs.size > 0) return !share(verbs, meant);
    if (this.#fixed.has(expected)) {
      const distance = letters(heard, expected);
      return (
        wordDistance(heard, expected) > maxFixedDistance ||
        this.#fixedTable.near(heard).some((word) => letters(heard, word) < distance)
      );
    }
    if (meant.size === 0 || !isVerb) return false;
    const edits = editDistance(heard, expected);
    return this.#verbTable
      .near(heard)
      .some((word) => editDistance(heard, word) < edits && !share(this.#words.verbsOf(word), meant));
  }

  /**
   * Whether two words differ by a prefix that turns a word around, and their rests are nearer than the words are:
   * "unlok" and "lock", but not "nlock" and "unlock".
   */
  #isTurned(heard: string, expected: string): boolean {
    const whole = editDistance(heard, expected);
    return this.#words.parts(heard).some(([first, rest]) =>
      this.#words.parts(expected).some(([second, other]) => {
        if (isSamePrefix(first, second)) return false;
        const edits = editDistance(rest, other);
        return edits < whole && edits <= Math.max(1, other.length / 5);
      }),
    );
  }
}

/** Up to this distance, a word may stand for one that has a counterpart: "pause" is not the German "aus". */
const maxFixedDistance = 0.3;

/** How many pairs of words are kept, because the search asks for the same few in each of its states. */
const maxKept = 20_000;

type Verbs = ReadonlySet<string>;

/** Whether two prefixes are one in front of other letters: "in" and "im", "a" and "ap", "de" and "des". */
function isSamePrefix(one: string, other: string): boolean {
  const [short, long] = [one, other].map((prefix) => prefix.replace(/m$/, 'n')).sort((a, b) => a.length - b.length) as [
    string,
    string,
  ];
  return short === long || (short !== '' && long.length === short.length + 1 && long.startsWith(short));
}

function share(one: Verbs, other: Verbs): boolean {
  return [...one].some((verb) => other.has(verb));
}

function letters(one: string, other: string): number {
  return editDistance(one, other) / Math.max(one.length, other.length);
}

/** A list of words in which those similar to one are found. */
class Table {
  readonly #words: readonly string[];
  readonly #similar: SimilarWords;

  constructor(words: readonly string[]) {
    this.#words = words;
    this.#similar = new SimilarWords({ size: words.length, folded: (id) => words[id]! });
  }

  near(word: string): string[] {
    return this.#similar.near(word).map(({ id }) => this.#words[id]!);
  }
}
