import type { Requests } from './requests/requests.ts';
import type { DateWords, ThingWords, TimeWords } from './value-words.ts';

/** A fraction of a unit in words, such as "half an" → 0.5. */
export type Fraction = readonly [words: string, factor: number];

/** A thousand, a million and so on: the words that large numbers are made of. */
export interface Scale {
  readonly value: number;
  /** All that is said for one of it, the usual form first: "one thousand", "a thousand", "thousand". */
  readonly one: readonly string[];
  /** Its words behind a larger count: "thousand". */
  readonly words: readonly string[];
  /** The usual one of these words behind a count, where that depends on it. Default: the first. */
  readonly usual?: (count: number) => string;
  /** Whether it is one word with its count and with what follows, such as "zwölftausendfünf". Default: no. */
  readonly isJoined?: boolean;
  /** The counts that are said. Default: all, up to the next larger scale. */
  readonly counts?: (count: number) => boolean;
}

/**
 * What short answers mean. They are written as the recogniser writes them, and accents, apostrophes and hyphens do not
 * matter in what is said. The English ones are understood in every language.
 */
export interface Answers {
  readonly yes: readonly string[];
  /**
   * The yeses that a question of high risk requires. Nobody says them in passing, and neither does a loudspeaker that
   * talks of something else. "Sure", "okay", "right" and "yeah" are not among them: they are said all day, and "shore",
   * "write" and "yet" sound like them.
   */
  readonly clearYes: readonly string[];
  /** If any of these is in an answer, the answer is a no. */
  readonly no: readonly string[];
  /** Phrases that cancel an open question. */
  readonly cancel: readonly string[];
  /** Polite words, which do not change what an answer means in any language. */
  readonly courtesy: readonly string[];
}

/** Words that mean something only after a question or a command. */
export interface DialogWords {
  /** Ways to name the first, the second and the third of a few things that a question offers. */
  readonly places: readonly (readonly string[])[];
  /** Words before a value that corrects the last command, as in "no, the bedroom". */
  readonly corrections: readonly string[];
  /** Phrases that repeat the last command. */
  readonly again: readonly string[];
  /** Phrases that ask what is planned. */
  readonly planned: readonly string[];
  /** Phrases that call a planned command off. */
  readonly unplan: readonly string[];
}

/** What heed itself says to a speaker. */
export interface Sentences {
  readonly confirm: (phrase: string) => string;
  readonly expected: (hint: string) => string;
  readonly yesOrNo: string;
  readonly sayYes: string;
  /** Asks for a confirmation by hand, after a spoken yes that is not enough. */
  readonly tap: string;
  /** Asks for the PIN. */
  readonly sayPin: string;
  readonly wrongPin: string;
  readonly which: (name: string) => string;
  readonly howLong: string;
  /** The word between the last two items of a list. */
  readonly or: string;
  /** Said about a value that a slot does not have; `say` follows it. */
  readonly unknownValue: (slot: string, words: string) => string;
  readonly say: (values: string) => string;
  /** Said about words that a command has no place for. */
  readonly unknownBeside: (words: string) => string;
  /** When a planned command will run; a time is written as "18:40", a day with its weekday and month. */
  readonly atTime: (time: string) => string;
  readonly tomorrowAt: (time: string) => string;
  readonly onDayAt: (day: string, time: string) => string;
  /** Lists what is planned, each with its time. */
  readonly planned: (list: string) => string;
  readonly nothingPlanned: string;
  readonly unplanned: (planned: string) => string;
}

/**
 * What heed knows of a language: how numbers are said, which words matter in a command, how answers and heed's own
 * sentences are worded. All words are in lower case. `code`, `critical` and `turning` are required, since without them
 * "do not open the door" would open it. All other fields may be left out; "Default" says what applies then.
 */
export interface Language {
  /** ISO 639-1 code. */
  readonly code: string;

  // Numbers

  /**
   * All ways to say a whole number, the usual one first, words separated by spaces. A definition gives them below the
   * first scale, which is usually 1,000; heed makes those of larger numbers with `scales`. Default: only the digits,
   * which are what the recogniser mostly writes.
   */
  spell(value: number): string[];
  /** A thousand, a million and so on, the smallest first. Default: none. */
  readonly scales: readonly Scale[];
  /** The forms of a number in front of a scale, such as "veintiún" mil. Default: those of `spell`. */
  spellBefore(value: number): string[];
  /** The forms of a number behind a scale; English says no "a hundred" there. Default: those of `spell`. */
  spellAfter(value: number): string[];
  /** Letters that many write as two in number words, such as "fuenf". Default: none. */
  readonly digraphs: Readonly<Record<string, string>>;
  /** Words that may stand between a scale and what follows, such as "and". Default: none. */
  readonly scaleLinks: readonly string[];
  /** Short forms of scales behind digits, such as "k". Default: none. */
  readonly shortScales: Readonly<Record<string, number>>;
  /** Whether a number may be said as two: "nineteen eighty four". Default: no. */
  readonly pairs: boolean;
  /** Other words for zero where digits are said one by one, such as "oh". Default: none. */
  readonly zeros: readonly string[];
  /** Words for so many things, such as "dozen". Default: none. */
  readonly amounts: Readonly<Record<string, number>>;
  /** Words between the two numbers of a fraction: "one over three". Default: none. */
  readonly over: readonly string[];
  /** Ways to say one part of so many, in the singular and the plural: "third", "thirds". Default: none. */
  parts(count: number): string[];
  /**
   * Ways to say a place in a row from 1 to 1,000, the usual one first: "third". Default: only the digits.
   */
  ordinal(value: number): string[];
  /** What may be written behind the digits of a place in a row, such as "rd" in "3rd". Default: none. */
  readonly ordinalMarks: readonly string[];
  /** What may be said in front of a place in a row, such as "the". Default: nothing. */
  readonly ordinalStarts: readonly string[];
  /**
   * Ways to say 1 that are also articles, and so are never understood as the digit. Default: all that `spell` gives.
   */
  readonly articles: readonly string[];
  /** Default: "minus". */
  readonly minus: readonly string[];
  /** The words between the whole number and its decimals. Default: decimals are understood only in digits. */
  readonly point: readonly string[];
  /**
   * The decimal marks, the usual one first. If that is the comma, a point separates thousands, and the other way round.
   * Default: both.
   */
  readonly decimalMarks: readonly string[];
  /** Whether a space may separate thousands in digits. Default: no. */
  readonly groupsDigits: boolean;
  /** Default: only the sign. */
  readonly percent: readonly string[];
  /** What is said in front of a percentage. Default: nothing. */
  readonly percentStarts: readonly string[];
  /** The words that a sign in front of a number or behind it is read as, such as "dollars" for "$". Default: none. */
  readonly unitSigns: Readonly<Record<string, readonly string[]>>;
  /** Words that are a percentage by themselves. Default: none. */
  readonly percentWords: Readonly<Record<string, number>>;

  // Durations

  /** Default: "h", "min" and "s". */
  readonly units: {
    readonly week: readonly string[];
    readonly day: readonly string[];
    readonly hour: readonly string[];
    readonly minute: readonly string[];
    readonly second: readonly string[];
  };
  /** The words "a" and "an" in front of a unit. Default, here and in all fields on durations below: none. */
  readonly one: readonly string[];
  /** Words between two parts of a duration. */
  readonly and: readonly string[];
  /** As in "half an" hour. */
  readonly beforeUnit: readonly Fraction[];
  /** As in four "and a half" hours. */
  readonly afterNumber: readonly Fraction[];
  /** As in an hour "and a half". */
  readonly afterUnit: readonly Fraction[];
  /** Words for a whole number and a half, such as "anderthalb". */
  halfPast(whole: number): string[];
  /** Words that are a duration by themselves, such as "viertelstunde", with their length in seconds. */
  readonly durations: Readonly<Record<string, number>>;

  // Dates and times

  /** Default: dates are understood only in digits. */
  readonly dates?: DateWords;
  /** Default: times are understood only in digits. */
  readonly times?: TimeWords;
  /** Amounts, colours, letters, several values and ranges. Default: only digits and signs are understood. */
  readonly things?: ThingWords;

  // Words in and around a command

  /** Words that can reverse a meaning. Fuzzy matching never adds, drops or swaps one. Required. */
  readonly critical: readonly string[];
  /**
   * Words for sides, degrees, times and places of which each has a counterpart, such as "left" and "Sunday". Near
   * matching treats them like `critical` words, but free text may begin with them. Default: none.
   */
  readonly directions: readonly string[];
  /**
   * Verbs that commands are made of, as stems that `verbForms` completes; a verb with several stems has a slash between
   * them, as in "enciend/encend". Near matching takes none of them for another
   * word, nor leaves one out. Default: none.
   */
  readonly verbs: readonly string[];
  /**
   * Verbs, as stems, that end or change something that there is, such as "cancel" and "extend". Free text with which a
   * phrase begins does not begin with one: "cancel timer for 5 minutes" names no timer. Default: none.
   */
  readonly changingVerbs: readonly string[];
  /**
   * Verbs, as stems, that are said of anything, such as "play" and "put". A phrase that has no other words of its own,
   * such as "play {what}", takes what is said about another command only after a question. Default: none.
   */
  readonly generalVerbs: readonly string[];
  /** Words in front of a thing that is known: "the", "this". Default: none. */
  readonly definites: readonly string[];
  /** Words for a state that a thing is put in: "on hold". Default: none. */
  readonly states: readonly string[];
  /** Words that deny a verb right behind it, such as the German "nicht" and "kein". Default: none. */
  readonly denials: readonly string[];
  /** Words that say whose a thing is: "my". Default: none. */
  readonly possessives: readonly string[];
  /** Returns the forms of a verb that commands and reports have. Default: the stem itself. */
  verbForms(stem: string): string[];
  /**
   * Beginnings of words that make another word of the rest, mostly its opposite: "un", "de". Near matching never adds,
   * drops or swaps one. Default: none.
   */
  readonly turningPrefixes: readonly string[];
  /** Prepositions that tell what a number behind them means: "by 5" and "to 5". Default: none. */
  readonly beforeNumbers: readonly string[];
  /**
   * Words that, beside a command, give it another meaning: denials, conditions, exceptions, other times, other people's
   * words. Words such as pronouns are not among them, since in noise other words are misheard as these. Required.
   */
  readonly turning: readonly string[];
  /**
   * Words for a person who does something. In front of the verb they turn a typed command into a report, such as "I set
   * a timer". Default: none.
   */
  readonly subjects: readonly string[];
  /**
   * Returns the imperatives and infinitives that a word, which may lack its accents, would have if it were a verb that
   * reports instead of commanding: "mach" and "machen" for "machte". If a phrase has one of them, near matching neither
   * replaces the word nor leaves it out. Default: none.
   */
  reportedVerbs(word: string): string[];
  /**
   * Words that open a question, such as "why" and "did". Words that open a polite request ("could you …") are not among
   * them. Default: none.
   */
  readonly questions: readonly string[];
  /** Words that hardly matter, present or not. Default: none, so that fewer phrases come near enough to a command. */
  readonly weak: readonly string[];
  /** Sounds that are dropped wherever they are. Default, here and in all lists below: none. */
  readonly fillers: readonly string[];
  /** Words that may open an utterance before the command itself, at most one of them. */
  readonly openings: readonly string[];
  /** Polite words in front of a command, at most one of them. */
  readonly politeStart: readonly string[];
  /** Polite words after a command, at most one of them. */
  readonly politeEnd: readonly string[];
  /**
   * Requests whose verb is no imperative, such as "kannst du das Licht anmachen". Default: none, so that a command has
   * them as phrases of its own.
   */
  readonly requests?: Requests;
  /** Words between two commands in one breath. Default: none, so there is only one command at a time. */
  readonly links: readonly string[];
  /** Short forms, each with the words it stands for. */
  readonly contractions: Readonly<Record<string, string>>;
  /** Other forms of a word, for lists that ask for plurals. Default: none. */
  plurals(word: string): string[];

  // How the recogniser writes. Text is split before its language is known, so these apply to text in any language.

  /** Units that are written without a space after a number, as in "90s". */
  readonly gluedUnits: readonly string[];
  /** Short words that are joined to the next one, which may be in a slot, as in "l'entrée"; without the apostrophe. */
  readonly elisions: readonly string[];
  /**
   * The words that signs are read as. Those of the default language are used for what is said; a sign in a phrase also
   * stands for the words of the phrase's language. Default: those of the default language.
   */
  readonly signs: {
    readonly degree: string;
    readonly ampersand: string;
    readonly plusSign: string;
    /** "#" after a letter. */
    readonly sharp: string;
  };
  /** Abbreviations whose full stop does not end a sentence. */
  readonly abbreviations: readonly string[];
  /** What the model writes when nobody speaks, because it has learned it from the captions of its training videos. */
  readonly captions: readonly string[];
  /** Letters that English lacks, each with English letters that sound like it. */
  readonly letterSounds: Readonly<Record<string, string>>;
  /** Numbers that sound like a word that often comes before them, each with all its spellings. */
  readonly echoes: readonly (readonly string[])[];

  // Questions, answers and replies

  /** Words that go back to what was said before. Default: none. */
  readonly dialog: DialogWords;
  /** Default: the English ones. */
  readonly answers: Answers;
  /** Default: the English ones. */
  readonly sentences: Sentences;
}

/** The definition of a language: the required fields, and as many of the others as are known. */
export type LanguageDefinition = Pick<Language, 'code' | 'critical' | 'turning'> &
  Partial<Omit<Language, 'sentences'>> & { readonly sentences?: Partial<Sentences> };
