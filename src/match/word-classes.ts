import { foldWord, numberWordsOf, perLanguage, tokenize } from '../grammar/index.ts';
import type { Language } from '../language/index.ts';
import { soundDistance } from './sounds.ts';

/** Up to this distance, words sound the same. */
const sameSound = 0.1;

/** The kinds of words that matter where two readings differ; all words are folded. */
export class WordClasses {
  static readonly of = perLanguage((language: Language) => new WordClasses(language));
  readonly #light: ReadonlySet<string>;
  readonly #turning: readonly (readonly string[])[];
  readonly #numbers: ReadonlySet<string>;
  readonly #openings: ReadonlySet<string>;
  readonly #subjects: ReadonlySet<string>;
  readonly #questions: ReadonlySet<string>;

  private constructor(language: Language) {
    this.#light = new Set([...language.weak, ...language.fillers].map(foldWord));
    const polite = [...language.openings, ...language.politeStart, ...language.links, ...language.fillers];
    this.#openings = new Set(
      polite
        .flatMap((phrase) => phrase.split(' '))
        .filter((word) => !language.turning.includes(word))
        .map(foldWord),
    );
    this.#turning = language.turning.map((phrase) => tokenize(phrase).map(foldWord));
    this.#subjects = new Set(language.subjects.map(foldWord));
    this.#questions = new Set(language.questions.map(foldWord));
    this.#numbers = numberWordsOf(language);
  }

  /** Counts the words that have a meaning of their own. */
  meaningful(words: readonly string[]): number {
    return words.filter((word) => !this.#light.has(word)).length;
  }

  /** Whether a command may begin with this word out of politeness. */
  isOpening(word: string): boolean {
    return this.#openings.has(word);
  }

  /** Whether the word names who does something. */
  isSubject(word: string): boolean {
    return this.#subjects.has(word);
  }

  /** Whether a sentence that begins with this word is a question. */
  opensQuestion(word: string): boolean {
    return this.#questions.has(word);
  }

  /**
   * Counts what in these words beside a command changes its meaning, and the command does not have. In writing without
   * spaces that is mostly several words, since each sign is one.
   */
  turning(words: readonly string[], others: readonly string[]): number {
    return this.#turning.filter((phrase) => hasRun(words, phrase) && !hasRun(others, phrase)).length;
  }

  /** Whether the words contain a number that is not just the sound of one of the others, as "two" is of "to". */
  hasNumber(words: readonly string[], others: readonly string[]): boolean {
    const numbers = words.filter((word) => this.#numbers.has(word) || /\d/.test(word));
    return numbers.some((word) => !others.some((other) => soundDistance([word], [other]) <= sameSound));
  }
}

/** Whether words occur among others, in the same order and with nothing between them. */
function hasRun(words: readonly string[], run: readonly string[]): boolean {
  return words.some((_, at) => run.every((word, i) => words[at + i] === word));
}
