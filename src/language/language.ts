/** A fraction of a unit as words, such as "half an" → 0.5. */
export type Fraction = readonly [words: string, factor: number];

/** What short answers mean. Without accents and apostrophes: "sil te plait". Those of English count everywhere. */
export interface Answers {
  readonly yes: readonly string[];
  /**
   * The yeses that nobody says by the way, and no loudspeaker while it talks of something else: what takes a question
   * of high risk. "Sure", "okay", "right" and "yeah" are said all day, and are what "shore", "write" and "yet" sound
   * like.
   */
  readonly clearYes: readonly string[];
  /** One of them anywhere in an answer makes it a no. */
  readonly no: readonly string[];
  /** What calls an open question off. */
  readonly cancel: readonly string[];
  /** Words of courtesy, which change no answer in any language. */
  readonly courtesy: readonly string[];
}

/** What heed itself says to a speaker. */
export interface Sentences {
  readonly confirm: (phrase: string) => string;
  readonly expected: (hint: string) => string;
  readonly yesOrNo: string;
  readonly sayYes: string;
  readonly which: (name: string) => string;
  readonly howLong: string;
  /** Between the last two of several things. */
  readonly or: string;
  /** A value that a slot does not have; followed by `say`. */
  readonly unknownValue: (slot: string, words: string) => string;
  readonly say: (values: string) => string;
  /** Words beside a command that it has no place for. */
  readonly unknownBeside: (words: string) => string;
}

/**
 * What heed knows of a language: how numbers are said, which words matter in a command, how answers and heed's own
 * sentences are worded. All words are lower case. `code`, `critical` and `turning` must be given, since "do not open
 * the door" would open it without them; each other field says what is done where it is left out.
 */
export interface Language {
  /** ISO 639-1 code. */
  readonly code: string;

  // Numbers

  /**
   * Ways to say a whole number from 0 to 999,999, usual one first, words separated by spaces. Left out: digits alone,
   * which is what the recogniser mostly writes.
   */
  spell(value: number): string[];
  /** Ways to say 1 that are articles too and so are never taken for the digit. Left out: all that `spell` has. */
  readonly articles: readonly string[];
  /** Left out: "minus". */
  readonly minus: readonly string[];
  /** The word between the whole and the decimals. Left out: decimals are understood in digits alone. */
  readonly point: readonly string[];
  /** How decimals are written, usual one first; where that is the comma, a point parts thousands. Left out: both. */
  readonly decimalMarks: readonly string[];
  /** Whether a space may part thousands in digits. Left out: no. */
  readonly groupsDigits: boolean;
  /** Left out: the sign alone. */
  readonly percent: readonly string[];
  /** Words that are a percentage by themselves. Left out: none. */
  readonly percentWords: Readonly<Record<string, number>>;

  // Durations

  /** Left out: "h", "min" and "s". */
  readonly units: {
    readonly hour: readonly string[];
    readonly minute: readonly string[];
    readonly second: readonly string[];
  };
  /** "a", "an" in front of a unit. Left out, as all of durations below: none. */
  readonly one: readonly string[];
  /** Between two parts of a duration. */
  readonly and: readonly string[];
  /** "half an" hour. */
  readonly beforeUnit: readonly Fraction[];
  /** Four "and a half" hours. */
  readonly afterNumber: readonly Fraction[];
  /** An hour "and a half". */
  readonly afterUnit: readonly Fraction[];
  /** Words for a whole number and a half, such as "anderthalb". */
  halfPast(whole: number): string[];
  /** Phrases that are a duration by themselves, in seconds, such as "viertelstunde". */
  readonly durations: Readonly<Record<string, number>>;

  // Words in and around a command

  /**
   * Words that turn the meaning round; fuzzy matching never adds, drops or swaps one. Must be given.
   */
  readonly critical: readonly string[];
  /**
   * Words beside a command that make something else of it: denials, conditions, exceptions, other times, other people's
   * words. Not those that noise makes of others, such as pronouns. Must be given.
   */
  readonly turning: readonly string[];
  /**
   * Words for who does something: in front of a typed command's verb they make a report of it, "I set a timer". Left
   * out: none.
   */
  readonly subjects: readonly string[];
  /** Words whose absence or presence hardly matters. Left out: every word matters, so fewer phrases are near enough. */
  readonly weak: readonly string[];
  /** Sounds that are dropped wherever they stand. Left out, as all lists below: none. */
  readonly fillers: readonly string[];
  /** Openings before the command itself, at most one. */
  readonly openings: readonly string[];
  /** Politeness in front of a command, at most one. */
  readonly politeStart: readonly string[];
  /** Politeness behind a command, at most one. */
  readonly politeEnd: readonly string[];
  /** Words between two commands in one breath. Left out: one command at a time. */
  readonly links: readonly string[];
  /** Short form → the words it stands for. */
  readonly contractions: Readonly<Record<string, string>>;
  /** Other forms of a word when a list asks for plurals. Left out: none. */
  plurals(word: string): string[];

  // How the recogniser writes. Text is cut before its language is known, so these count for every language.

  /** Units that are written against a number, as in "90s". */
  readonly gluedUnits: readonly string[];
  /** Short words that stand against the next one, as in "l'entrée", which may be in a slot; without the apostrophe. */
  readonly elisions: readonly string[];
  /** What signs are read as; those of the default language count. */
  readonly signs: { readonly degree: string; readonly ampersand: string };
  /** Abbreviations whose full stop ends no sentence. */
  readonly abbreviations: readonly string[];
  /** What the model writes when nobody speaks: captions of its training videos. */
  readonly captions: readonly string[];
  /** Letters that English lacks → English letters that sound like them. */
  readonly letterSounds: Readonly<Record<string, string>>;
  /** Numbers that sound like the word that often stands before them, each with all its spellings. */
  readonly echoes: readonly (readonly string[])[];

  // Talking back

  /** Left out: the English ones. */
  readonly answers: Answers;
  /** Left out: in English. */
  readonly sentences: Sentences;
}

/** A language as it is written down: what must be given, and as much of the rest as is known. */
export type LanguageDefinition = Pick<Language, 'code' | 'critical' | 'turning'> & Partial<Language>;
