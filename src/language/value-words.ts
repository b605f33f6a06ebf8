// What a language says in dates, times, amounts and the like. Every group may be left out: its slots then accept only
// what is written in digits. Templates are those of commands, `[optional]` and `(a|b)`; what their `{names}` may stand
// for is listed beside them.

/** Numbers by what is said for them. */
export type ByPhrase = Readonly<Record<string, number>>;

/** How dates are said. */
export interface DateWords {
  /** Every name and abbreviation of each month, from January on. */
  readonly months: readonly (readonly string[])[];
  /** Every name and abbreviation of each weekday, from Monday on. */
  readonly weekdays: readonly (readonly string[])[];
  /** Days from today: "tomorrow" is 1. */
  readonly relative: ByPhrase;
  /** "Last" is −1, "this" 0, "next" 1. */
  readonly shifts: ByPhrase;
  readonly units: {
    readonly day: readonly string[];
    readonly week: readonly string[];
    readonly month: readonly string[];
    readonly year: readonly string[];
  };
  /** Numbers that are said only of days and the like: "a few" is 3. */
  readonly few: ByPhrase;
  readonly ago: readonly string[];
  /** As in the "last" Friday of July. */
  readonly lastOf: readonly string[];
  /** Whether 4/12 is the twelfth of April. */
  readonly monthFirst: boolean;
  /**
   * All ways to say a date, with `{relative}`, `{weekday}`, `{weekdays}` (also in the plural), `{day}`, `{month}`,
   * `{numbered}` (a month by its number), `{year}`, `{numeric}` (a date in digits), `{nth}` (of a weekday), `{shift}`,
   * `{days}`, `{weeks}` and `{months}` (those words), `{count}`, `{span}` (such as "two weeks"), `{ago}`, and
   * `{base}`, a date that a span begins at.
   */
  readonly phrases: readonly string[];
  /** A date, for help. */
  readonly example: string;
}

/** How times of day are said. */
export interface TimeWords {
  /** Minutes that are added to an hour, by the words in front of or behind it: "half past" is 30, "quarter to" −15. */
  readonly offsets: ByPhrase;
  /** Whether minutes in front of an hour are added (1) or taken away (−1): "past" is 1. */
  readonly sides: ByPhrase;
  /** The same for minutes behind an hour: "moins" is −1. */
  readonly signs: ByPhrase;
  /**
   * Parts of the day, each with the hour from which on an hour without one is sought: 12 for "pm" and "in the
   * afternoon".
   */
  readonly periods: ByPhrase;
  /** Times with a name, in minutes since midnight. */
  readonly named: ByPhrase;
  /** Words for hours that are no number, such as the Polish "szósta" for 6. Default: none. */
  readonly hours?: ByPhrase;
  /** Words for minutes that are no number, such as "cuarto". Default: none. */
  readonly minutes?: ByPhrase;
  /**
   * All ways to say the time of a clock, with `{hour}`, `{minute}`, `{second}`, `{clock}` (such as "18:30"),
   * `{offset}`, `{side}`, `{sign}`, `{period}`, `{named}`, and `{base}`, a whole time that minutes are counted from.
   */
  readonly clock: readonly string[];
  /**
   * All ways to say a time, with `{time}` (one of the above), `{named}`, `{period}`, and `{compact}`, a time without a
   * colon such as "1140".
   */
  readonly phrases: readonly string[];
  /** Ways to say when something is to happen, with `{duration}`. */
  readonly after: readonly string[];
  /** What may stand between hours and minutes instead of a colon. Default: nothing else. */
  readonly mark?: string;
  /** A time, and a time with its date, for help. */
  readonly example: string;
  readonly exampleWithDate: string;
  /** Ways to say a date and a time, with `{date}`, `{time}` and `{period}`. */
  readonly together: readonly string[];
  /**
   * Ways to say at the beginning or the end of a command when it is to run, with `{duration}`, `{time}`, `{past}`
   * (a time that begins with no number), `{named}`, `{period}` and `{day}` (today, tomorrow, a weekday). Words such as
   * "until", "from" and "for" are no such ways.
   */
  readonly delays: readonly string[];
}

/** How amounts, colours, letters, several values and ranges are said. */
export interface ThingWords {
  /** Words for units, by their symbols; see `units` in the slot `quantity`. */
  readonly units: Readonly<Record<string, readonly string[]>>;
  /** Words for money by ISO 4217 code in lower case: the unit, and a hundredth of it. */
  readonly currencies: Readonly<
    Record<string, { readonly unit: readonly string[]; readonly hundredth: readonly string[] }>
  >;
  readonly degrees: readonly string[];
  readonly celsius: readonly string[];
  readonly fahrenheit: readonly string[];
  /** Words for colours by their names in CSS. */
  readonly colors: Readonly<Record<string, readonly string[]>>;
  /** Words for true, and for false, by kind. */
  readonly booleans: {
    readonly yesNo: readonly [readonly string[], readonly string[]];
    readonly onOff: readonly [readonly string[], readonly string[]];
    readonly trueFalse: readonly [readonly string[], readonly string[]];
  };
  /** What is said for a letter beside the letter itself: its name, and words of spelling alphabets. */
  readonly letters: Readonly<Record<string, readonly string[]>>;
  /** As in A "as in" apple. */
  readonly asIn: readonly string[];
  readonly double: readonly string[];
  readonly triple: readonly string[];
  /** Words for the sign in front of a country's number. */
  readonly plus: readonly string[];
  /** Between values: "and". */
  readonly and: readonly string[];
  /** What may stand in front of a value: "the". */
  readonly articles: readonly string[];
  readonly everything: readonly string[];
  readonly except: readonly string[];
  /** Ways to say a range, with `{from}` and `{to}`. */
  readonly ranges: readonly string[];
}
