import type { DateWords, Language } from '../../language/index.ts';
import { behindZero } from './behind-zero.ts';
import { dayOf } from './calendar.ts';
import { perLanguage } from './per-language.ts';
import type { Span, SpokenDate } from './resolve-date.ts';
import { either, table, templates, written, type Part } from './spoken-part.ts';

/** Of a year in two digits, from here on it is one of the last century. */
const firstOldYear = 50;
/** The years that can be said in words. */
const spelledYears = range(1900, 2100);

/** All that can be said for a date in a language. */
export const spokenDates: (language: Language) => Part<SpokenDate> = perLanguage((language) => {
  const words = language.dates;
  const numeric = numericDate(words?.monthFirst ?? false);
  return words ? namedDate(words, language, numeric) : numeric;
});

function namedDate(words: DateWords, language: Language, numeric: Part<SpokenDate>): Part<SpokenDate> {
  const list = <T>(phrases: readonly string[], value: T): Part<T> => table(phrases.map((phrase) => [phrase, value]));
  const names = (all: readonly (readonly string[])[], first: number, plural = false): Part<number> =>
    table(
      all.flatMap((ways, i) =>
        ways
          .flatMap((way) => (plural ? [way, ...language.plurals(way)] : [way]))
          .map((way) => [way, i + first] as const),
      ),
    );
  const digits = (numbers: readonly number[]): Part<number> => {
    const known = new Set(numbers);
    return written(numbers.map(String), (word) =>
      /^\d{1,2}$/.test(word) && known.has(Number(word)) ? Number(word) : undefined,
    );
  };
  const spelled = (numbers: readonly number[]): Part<number> =>
    table(numbers.flatMap((number) => language.spell(number).map((way) => [way, number] as const)));
  const days = range(1, 31);
  const ordinals = table(days.flatMap((day) => ordinalsOf(day, language).map((way) => [way, day] as const)));
  const count = either(
    digits(range(1, 99)),
    spelled(range(1, 99)),
    list(language.one, 1),
    table(Object.entries(words.few)),
  );
  const named = {
    relative: table(Object.entries(words.relative)),
    weekday: names(words.weekdays, 0),
    shift: table(Object.entries(words.shifts)),
  };
  const base = templates(['{relative}', '{weekday}', '{shift} {weekday}'], named, (found): SpokenDate => found);
  const parts = {
    ...named,
    base,
    count,
    numeric,
    weekdays: names(words.weekdays, 0, true),
    day: either(ordinals, digits(days), spelled(days)),
    month: names(words.months, 1),
    numbered: either(digits(range(1, 12)), spelled(range(1, 12))),
    year: years(language),
    nth: either(
      list(words.lastOf, -1),
      filtered(ordinals, (nth) => nth <= 5),
    ),
    days: list(words.units.day, true as const),
    weeks: list(words.units.week, true as const),
    months: list(words.units.month, true as const),
    ago: list(words.ago, true as const),
    span: spans(words, language, count),
  };
  return templates(words.phrases, parts, ({ numeric: whole, numbered, weekdays, ...found }): SpokenDate => {
    if (whole) return whole;
    return {
      ...found,
      ...(numbered === undefined ? {} : { month: numbered }),
      ...(weekdays === undefined ? {} : { weekday: weekdays }),
    };
  });
}

/** "Third", "3rd". */
function ordinalsOf(day: number, language: Language): string[] {
  return [...language.ordinal(day), ...language.ordinalMarks.map((mark) => `${day} ${mark}`)];
}

/** "Two weeks", "a month and three days". */
function spans(words: DateWords, language: Language, count: Part<number>): Part<Span> {
  const { day, week, month, year } = words.units;
  const unit = table<Span>([
    ...day.map((way) => [way, { months: 0, days: 1 }] as const),
    ...week.map((way) => [way, { months: 0, days: 7 }] as const),
    ...month.map((way) => [way, { months: 1, days: 0 }] as const),
    ...year.map((way) => [way, { months: 12, days: 0 }] as const),
  ]);
  const one = templates(['{count} {unit}'], { count, unit }, ({ count: times = 1, unit: each }) => ({
    months: times * each!.months,
    days: times * each!.days,
  }));
  const and = language.and.length > 0 ? `[${language.and.join('|')}] ` : '';
  const parts = { first: one, second: one, third: one };
  return templates([`{first} [${and}{second} [${and}{third}]]`], parts, (found) => {
    const all = [found.first!, found.second, found.third];
    return {
      months: all.reduce((sum, span) => sum + (span?.months ?? 0), 0),
      days: all.reduce((sum, span) => sum + (span?.days ?? 0), 0),
    };
  });
}

function years(language: Language): Part<number> {
  const said = spelledYears.flatMap((year) =>
    [...language.spell(year), ...inPairs(year, language)].map((way) => [way, year] as const),
  );
  return either(written(spelledYears.map(String), readYear), table(said));
}

/** "Nineteen eighty four", "twenty oh five". */
function inPairs(year: number, language: Language): string[] {
  const rest = year % 100;
  if (!language.pairs || rest === 0) return [];
  const ends = rest < 10 ? behindZero(rest, language) : language.spell(rest);
  return language.spell(Math.floor(year / 100)).flatMap((century) => ends.map((end) => `${century} ${end}`));
}

/** Reads four digits, or the last two digits of a year that is near. */
function readYear(word: string): number | undefined {
  if (/^\d{4}$/.test(word)) return Number(word);
  if (!/^\d{2}$/.test(word)) return undefined;
  return Number(word) + (Number(word) < firstOldYear ? 2000 : 1900);
}

/**
 * Dates in digits: "3.12.", "2026-12-03", "4/22/2016". Signs between numbers separate words, or are inside one. The
 * order is that of the language, unless there is no such date.
 */
function numericDate(monthFirst: boolean): Part<SpokenDate> {
  return {
    pattern: { kind: 'phrases', phrases: [] },
    *read(words, at) {
      for (let end = Math.min(words.length, at + 3); end > at; end--) {
        const value = readNumeric(words.slice(at, end).join(' '), monthFirst);
        if (value) yield { value, end };
      }
    },
  };
}

function readNumeric(text: string, monthFirst: boolean): SpokenDate | undefined {
  const iso = /^(\d{4})[ ./-](\d{1,2})[ ./-](\d{1,2})$/.exec(text);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const short = /^(\d{1,2})[ ./-](\d{1,2})(?:[ .,/-](\d{4}|\d{2}))?$/.exec(text);
  if (!short) return undefined;
  const year = short[3] === undefined ? undefined : readYear(short[3]);
  const [first, second] = [Number(short[1]), Number(short[2])];
  const orders = monthFirst
    ? [
        [first, second],
        [second, first],
      ]
    : [
        [second, first],
        [first, second],
      ];
  // A leap year, so that 29 February is a date.
  const [month, day] = orders.find(([m, d]) => dayOf(2000, m!, d!) !== undefined) ?? [];
  return month === undefined ? undefined : { month, day: day!, ...(year === undefined ? {} : { year }) };
}

function filtered<T>(part: Part<T>, fits: (value: T) => boolean): Part<T> {
  return {
    pattern: part.pattern,
    *read(words, at) {
      for (const reading of part.read(words, at)) if (fits(reading.value)) yield reading;
    },
  };
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
