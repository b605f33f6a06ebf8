import { foldWord, numberWordsOf } from '../grammar/index.ts';
import type { Language } from '../language/index.ts';
import { soundDistance } from './sounds.ts';

/** Words up to this distance are spoken alike. */
const sameSound = 0.1;

/** Kinds of words that matter where two readings differ; all words folded. */
export class WordClasses {
  static readonly #known = new WeakMap<Language, WordClasses>();
  readonly #light: ReadonlySet<string>;
  readonly #turning: ReadonlySet<string>;
  readonly #numbers: ReadonlySet<string>;
  readonly #openings: ReadonlySet<string>;
  readonly #subjects: ReadonlySet<string>;

  private constructor(language: Language) {
    this.#light = new Set([...language.weak, ...language.fillers].map(foldWord));
    const polite = [...language.openings, ...language.politeStart, ...language.links, ...language.fillers];
    this.#openings = new Set(
      polite
        .flatMap((phrase) => phrase.split(' '))
        .filter((word) => !language.turning.includes(word))
        .map(foldWord),
    );
    this.#turning = new Set(language.turning.map(foldWord));
    this.#subjects = new Set(language.subjects.map(foldWord));
    this.#numbers = numberWordsOf(language);
  }

  static of(language: Language): WordClasses {
    let classes = WordClasses.#known.get(language);
    if (!classes) WordClasses.#known.set(language, (classes = new WordClasses(language)));
    return classes;
  }

  /** How many of the words have a meaning of their own. */
  meaningful(words: readonly string[]): number {
    return words.filter((word) => !this.#light.has(word)).length;
  }

  /** Whether a command may begin with it, out of politeness. */
  isOpening(word: string): boolean {
    return this.#openings.has(word);
  }

  /** Whether it says who does something. */
  isSubject(word: string): boolean {
    return this.#subjects.has(word);
  }

  /** Whether a word beside a command makes something else of it. */
  isTurning(word: string): boolean {
    return this.#turning.has(word);
  }

  /** Whether a number is among the words that is not only the sound of one of the others, as "two" is of "to". */
  hasNumber(words: readonly string[], others: readonly string[]): boolean {
    const numbers = words.filter((word) => this.#numbers.has(word) || /\d/.test(word));
    return numbers.some((word) => !others.some((other) => soundDistance([word], [other]) <= sameSound));
  }
}
