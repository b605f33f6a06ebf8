/** A fraction of a unit as words, such as "half an" → 0.5. */
export type Fraction = readonly [words: string, factor: number];

/**
 * What heed knows of a language: how numbers are said and which words carry no meaning in a command. All words are
 * lower case.
 */
export interface Language {
  /** ISO 639-1 code. */
  readonly code: string;
  /** Ways to say a whole number from 0 to 999,999, usual one first, words separated by spaces. */
  spell(value: number): string[];
  readonly minus: readonly string[];
  /** The word between the whole and the decimals. */
  readonly point: readonly string[];
  /** How decimals are written. */
  readonly decimalMarks: readonly string[];
  /** Whether a space may part thousands in digits. */
  readonly groupsDigits?: boolean;
  readonly percent: readonly string[];
  /** Words that are a percentage by themselves. */
  readonly percentWords: Readonly<Record<string, number>>;
  readonly units: {
    readonly hour: readonly string[];
    readonly minute: readonly string[];
    readonly second: readonly string[];
  };
  /** "a", "an" in front of a unit. */
  readonly one: readonly string[];
  /** Between two parts of a duration. */
  readonly and: readonly string[];
  /** "half an" hour. */
  readonly beforeUnit: readonly Fraction[];
  /** Four "and a half" hours. */
  readonly afterNumber: readonly Fraction[];
  /** An hour "and a half". */
  readonly afterUnit: readonly Fraction[];
  /** Words for a whole number and a half, such as "anderthalb"; where the language has any. */
  halfPast?(whole: number): string[];
  /** Phrases that are a duration by themselves, in seconds, such as "viertelstunde". */
  readonly durations?: Readonly<Record<string, number>>;
  /** Short form → the words it stands for. */
  readonly contractions: Readonly<Record<string, string>>;
  /** Sounds that are dropped wherever they stand. */
  readonly fillers: readonly string[];
  /** Openings before the command itself, at most one. */
  readonly openings: readonly string[];
  /** Politeness in front of a command, at most one. */
  readonly politeStart: readonly string[];
  /** Politeness behind a command, at most one. */
  readonly politeEnd: readonly string[];
  /** Words whose absence or presence hardly matters. */
  readonly weak: readonly string[];
  /** Words that turn the meaning round; fuzzy matching never adds, drops or swaps one. */
  readonly critical: readonly string[];
  /**
   * Words beside a command that make something else of it: denials, conditions, exceptions, other times, other people's
   * words. Not those that noise makes of others, such as pronouns.
   */
  readonly turning: readonly string[];
  /** Words between two commands in one breath. */
  readonly links: readonly string[];
  /** Other forms of a word when a list asks for plurals. */
  plurals(word: string): string[];
}
