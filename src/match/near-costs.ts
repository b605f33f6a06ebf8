import { CommandWords, numberWordsOf, type Grammar } from '../grammar/index.ts';
import { NumberLike } from './number-like.ts';
import { Vocabulary } from './vocabulary.ts';

/**
 * What a difference between the words heard and the words of a phrase costs. If the matched words support the phrase by
 * s and the differences cost c, the score is 1 − c / s.
 */
export const costs = {
  /** Times the distance between the two words. */
  substitution: 1.2,
  /** The same inside a slot, where a wrong guess is a wrong argument. */
  slotSubstitution: 1.6,
  extraWord: 0.9,
  extraWeakWord: 0.15,
  /**
   * The score is multiplied by this for each content word inside or after a phrase that has no place for it: "in the
   * garage" would change what is meant.
   */
  unexplainedWord: 0.75,
  /**
   * How much a matched word supports the phrase: articles and prepositions support it little, polite words not at all.
   */
  support: 1,
  weakSupport: 0.3,
  missingWord: 1,
  missingWeakWord: 0.2,
} as const;

/**
 * Up to this distance, a word may stand for one of politeness. Without a verb, "und das Licht an" is a command and
 * "zünde das Licht an" is another.
 */
const maxPoliteDistance = 0.3;

/** Words of which it is kept at most what they are. */
const maxKept = 5_000;

/** A word of a phrase that was not heard. */
export interface MissingWord {
  word: string;
  /** Infinity when the word must not be missing. */
  cost: number;
  isPolite: boolean;
  isBeforeNumbers: boolean;
}

/** The kinds of words that near matching treats differently, as word numbers and folded forms. */
export class WordKinds {
  readonly weakIds: readonly number[];
  readonly #weak: ReadonlySet<string>;
  readonly #critical: ReadonlySet<string>;
  readonly #fillers: ReadonlySet<string>;
  readonly #polite: ReadonlySet<string>;
  readonly #numbers: ReadonlySet<string>;
  readonly #numberLike: NumberLike;
  readonly #beforeNumbers: ReadonlySet<string>;
  readonly #units: ReadonlySet<string>;
  readonly #vocabulary: Vocabulary;
  readonly #commandWords: CommandWords;
  readonly #grammar: Pick<Grammar, 'language' | 'lexicon'>;
  /** Which words report, and what others are that are missing: the search asks for the same few in each state. */
  readonly #reports = new Map<string, boolean>();
  readonly #missing = new Map<number, MissingWord>();
  /** How many words the lexicon had when these were begun. */
  #knownWords = 0;

  constructor({ language, lexicon, fold, tokenize }: Pick<Grammar, 'language' | 'lexicon' | 'fold' | 'tokenize'>) {
    this.#critical = new Set(language.critical.map(fold));
    this.#weak = new Set(language.weak.map(fold).filter((word) => !this.#critical.has(word)));
    this.#fillers = new Set(language.fillers.map(fold));
    this.#polite = new Set(
      [...language.openings, ...language.politeStart, ...language.politeEnd]
        .flatMap(tokenize)
        .map(fold)
        .filter((word) => !this.#critical.has(word)),
    );
    this.#numbers = numberWordsOf(language);
    this.#numberLike = new NumberLike(this.#numbers);
    this.#beforeNumbers = new Set(language.beforeNumbers.map(fold));
    this.#units = new Set(Object.values(language.units).flat().map(fold));
    this.#vocabulary = Vocabulary.of(language);
    this.#commandWords = CommandWords.of(language);
    this.#grammar = { language, lexicon };
    this.weakIds = [...this.#weak].map((word) => lexicon.find(word)).filter((id) => id >= 0);
  }

  /** The cost of a heard word that the phrase does not have; Infinity when it must not be ignored. */
  extra(word: string): number {
    if (this.#fillers.has(word)) return 0;
    if (this.isFixed(word)) return Infinity;
    return this.#weak.has(word) ? costs.extraWeakWord : costs.extraWord;
  }

  /** Whether a heard word that the phrase does not have may change what is meant. */
  isContent(word: string): boolean {
    return !this.#weak.has(word) && !this.#fillers.has(word);
  }

  /** Whether it is a word of politeness, wherever it stands. */
  isPolite(word: string): boolean {
    return this.#polite.has(word);
  }

  /** How much a matched word of the phrase supports it. */
  support(word: string): number {
    if (this.#polite.has(word)) return 0;
    return this.#weak.has(word) ? costs.weakSupport : costs.support;
  }

  /** What a word of the lexicon is if it was not heard. */
  missingWord(id: number): MissingWord {
    this.#forgetIfGrown();
    let missing = this.#missing.get(id);
    if (!missing) {
      const word = this.#grammar.lexicon.folded(id);
      const [isPolite, isBeforeNumbers] = [this.isPolite(word), this.#beforeNumbers.has(word)];
      this.#missing.set(id, (missing = { word, cost: this.missing(word), isPolite, isBeforeNumbers }));
    }
    return missing;
  }

  /** The cost of a word of the phrase that was not heard. */
  missing(word: string): number {
    if (this.isFixed(word)) return Infinity;
    return this.#weak.has(word) ? costs.missingWeakWord : costs.missingWord;
  }

  /**
   * Whether a word must never be added or dropped: words that have a counterpart, numbers, and verbs.
   */
  isFixed(word: string): boolean {
    return this.#critical.has(word) || this.isNumber(word) || this.#isReport(word) || this.#vocabulary.isFixed(word);
  }

  /** Whether a word has the form in which a verb of the phrases reports instead of commanding. */
  #isReport(word: string): boolean {
    const { language, lexicon } = this.#grammar;
    this.#forgetIfGrown();
    let isReport = this.#reports.get(word);
    if (isReport === undefined) {
      isReport = language.reportedVerbs(word).some((verb) => lexicon.find(verb) >= 0);
      this.#reports.set(word, isReport);
    }
    return isReport;
  }

  /** A new word of the lexicon may be the verb that another word reports of. */
  #forgetIfGrown(): void {
    const { size } = this.#grammar.lexicon;
    const kept = Math.max(this.#reports.size, this.#missing.size);
    if (size === this.#knownWords && kept <= maxKept) return;
    this.#reports.clear();
    this.#missing.clear();
    this.#knownWords = size;
  }

  /** Whether a heard word may be another one misheard: all but numbers, reports and words that reverse the meaning. */
  canBeMisheard(word: string): boolean {
    return !this.#critical.has(word) && !this.isNumber(word) && !this.#isReport(word);
  }

  /** Whether a heard word that is `distance` away from a word of a phrase may stand for it (`Vocabulary.isOther`). */
  mayStandFor(heard: string, expected: string, { distance, isVerb }: { distance: number; isVerb: boolean }): boolean {
    if (this.isNumber(expected) || (this.#polite.has(expected) && distance > maxPoliteDistance)) return false;
    return !this.#vocabulary.isOther(heard, expected, { isVerb });
  }

  /** Whether a word tells what a number behind it means, such as "by" and "to". */
  isBeforeNumbers(word: string): boolean {
    return this.#beforeNumbers.has(word);
  }

  /** Whether free text, or such with which a phrase begins (`isLeading`), is hardly meant to begin with a word. */
  beginsOther(word: string, isLeading: boolean): boolean {
    return isLeading ? this.#commandWords.beginsCommand(word, true) : this.#commandWords.beginsNothing(word);
  }

  /** Whether it is a unit of time, such as "minutes". */
  isUnit(word: string): boolean {
    return this.#units.has(word);
  }

  /** Whether the word is made of digits or is a number word. */
  isNumber(word: string): boolean {
    return /\d/.test(word) || this.#numbers.has(word);
  }

  /** Returns the number words that the word may be, misheard or misspelled. */
  numbersLike(word: string): readonly string[] {
    return this.#weak.has(word) || this.#polite.has(word) ? [] : this.#numberLike.find(word);
  }
}
