import type { Language, TimeWords } from '../../language/index.ts';
import { behindZero } from './behind-zero.ts';
import { perLanguage } from './per-language.ts';
import { either, table, templates, written, type Part } from './spoken-part.ts';

const halfDay = 720;
const wholeDay = 1440;

/** What the words of a time of day say. */
export interface SpokenTime {
  /** Since midnight. */
  minutes: number;
  second?: number;
  /** Whether it is clear which half of the day is meant: 18:30, 06:30, noon. */
  isFixed: boolean;
  /** The hour from which the words seek a time that is not fixed: 12 for "pm". */
  from?: number;
}

/** Returns the minutes since midnight; of a time in either half of the day, the first one from an hour on. */
export function resolveTime(said: SpokenTime, defaultFrom: number): number {
  return inHalf(said, (said.from ?? defaultFrom) * 60);
}

function inHalf({ minutes, isFixed }: SpokenTime, from: number): number {
  const time = ((minutes % wholeDay) + wholeDay) % wholeDay;
  if (isFixed) return time;
  const early = time % halfDay;
  const wait = (moment: number): number => (moment - from + 2 * wholeDay) % wholeDay;
  return wait(early) <= wait(early + halfDay) ? early : early + halfDay;
}

/** All that can be said for a time of day in a language. */
export const spokenTimes: (language: Language) => Part<SpokenTime> = perLanguage((language) =>
  language.times ? namedTime(language.times, language) : clockTime(language),
);

/** The parts of a time of day, for templates of other values. */
export interface TimeParts {
  /** A time of the clock, without a preposition. */
  readonly time: Part<SpokenTime>;
  /** Those of them that begin with other words than a number: "half past six". */
  readonly past: Part<SpokenTime>;
  readonly named: Part<SpokenTime>;
  /** A part of the day, as the hour from which on a time is sought. */
  readonly period: Part<number>;
}

/** The parts of a time of day in a language that says more than digits. */
export const timeParts: (language: Language) => TimeParts | undefined = perLanguage(
  (language) => language.times && partsOfTime(language.times, language),
);

function namedTime(words: TimeWords, language: Language): Part<SpokenTime> {
  const parts = { ...timeParts(language)!, compact: compactTime };
  return templates(words.phrases, parts, (found) =>
    withPeriod(found.time ?? found.compact ?? found.named, found.period),
  );
}

function partsOfTime(words: TimeWords, language: Language): TimeParts {
  const named = table(
    Object.entries(words.named).map(([phrase, minutes]): [string, SpokenTime] => [phrase, { minutes, isFixed: true }]),
  );
  const parts = {
    clock: clockTime(language),
    hour: hours(words, language),
    minute: minutes(words, language),
    second: minutes(words, language),
    offset: table(Object.entries(words.offsets)),
    side: table(Object.entries(words.sides)),
    sign: table(Object.entries(words.signs)),
    period: table(Object.entries(words.periods)),
    named,
  };
  const read = (found: ClockWords): SpokenTime | undefined => withPeriod(clockOf(found), found.period);
  const whole = words.clock.filter((template) => !template.includes('{base}'));
  const base = templates(
    whole.map((template) => `${template} [{period}]`),
    parts,
    read,
  );
  const past = words.clock.filter((template) => template.startsWith('{offset}'));
  return {
    time: templates(words.clock, { ...parts, base }, read),
    past: templates(past, { ...parts, base }, read),
    named,
    period: parts.period,
  };
}

interface ClockWords {
  clock?: SpokenTime;
  hour?: SpokenTime;
  minute?: number;
  second?: number;
  offset?: number;
  side?: number;
  sign?: number;
  period?: number;
  named?: SpokenTime;
  base?: SpokenTime;
}

function clockOf(found: ClockWords): SpokenTime | undefined {
  const start = found.clock ?? found.base ?? found.hour ?? found.named;
  if (!start) return undefined;
  const minute = (found.side ?? found.sign ?? 1) * (found.minute ?? 0) + (found.offset ?? 0);
  return { ...start, minutes: start.minutes + minute, ...(found.second === undefined ? {} : { second: found.second }) };
}

/** Returns a time in a part of the day; undefined where there is none, as a time of the afternoon in the morning. */
export function withPeriod(time: SpokenTime | undefined, from: number | undefined): SpokenTime | undefined {
  if (!time || from === undefined) return time;
  return time.isFixed && from === 0 && time.minutes >= halfDay ? undefined : { ...time, from };
}

function fromHour(hour: number, written = ''): SpokenTime {
  return { minutes: (hour % 24) * 60, isFixed: hour === 0 || hour > 12 || /^0\d/.test(written) };
}

function hours(words: TimeWords, language: Language): Part<SpokenTime> {
  const all = Array.from({ length: 25 }, (_, hour) => hour);
  return either(
    written(all.map(String), (word) =>
      /^\d{1,2}$/.test(word) && Number(word) <= 24 ? fromHour(Number(word), word) : undefined,
    ),
    table([
      ...all.flatMap((hour) => language.spell(hour).map((way) => [way, fromHour(hour)] as const)),
      ...Object.entries(words.hours ?? {}).map(([way, hour]) => [way, fromHour(hour)] as const),
    ]),
  );
}

function minutes(words: TimeWords, language: Language): Part<number> {
  const all = Array.from({ length: 60 }, (_, minute) => minute);
  return either(
    written(all.map(String), (word) => (/^[0-5]?\d$/.test(word) ? Number(word) : undefined)),
    table([
      ...all.flatMap((minute) => language.spell(minute).map((way) => [way, minute] as const)),
      // "Oh five".
      ...all.slice(1, 10).flatMap((minute) => behindZero(minute, language).map((way) => [way, minute] as const)),
      ...Object.entries(words.minutes ?? {}),
    ]),
  );
}

/**
 * "18:30", "7:56:30", and with a point where the language writes one. The decoder expects times of whole five minutes;
 * all others can still be said in words.
 */
function clockTime(language: Language): Part<SpokenTime> {
  const marks = language.times?.mark === undefined ? [':'] : [':', language.times.mark];
  const listed = marks.flatMap((mark) => Array.from({ length: wholeDay / 5 }, (_, i) => writtenClock(i * 5, mark)));
  return written(listed, (word) => {
    const found = /^(\d{1,2})([:.])([0-5]\d)(?:\2([0-5]\d))?$/.exec(word);
    const hour = Number(found?.[1]);
    if (!found || hour > 24 || !marks.includes(found[2]!)) return undefined;
    const { minutes: start, isFixed } = fromHour(hour, word);
    return {
      minutes: start + Number(found[3]),
      isFixed,
      ...(found[4] === undefined ? {} : { second: Number(found[4]) }),
    };
  });
}

function writtenClock(time: number, mark: string): string {
  return `${Math.floor(time / 60)}${mark}${String(time % 60).padStart(2, '0')}`;
}

/** "1140" in "1140 a.m.". */
const compactTime = written<SpokenTime>([], (word) => {
  const found = /^(\d{1,2})([0-5]\d)$/.exec(word);
  const hour = Number(found?.[1]);
  if (!found || hour > 24) return undefined;
  const { minutes: start, isFixed } = fromHour(hour, word);
  return { minutes: start + Number(found[2]), isFixed };
});
