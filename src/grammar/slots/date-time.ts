import { z } from 'zod';
import type { Language } from '../../language/index.ts';
import { isoDate, localDay } from './calendar.ts';
import { clockKey, systemClock, type SlotClock } from './clock.ts';
import { perLanguage } from './per-language.ts';
import { resolveDate, type Preference, type SpokenDate } from './resolve-date.ts';
import type { Slot } from './slot.ts';
import { spokenDates } from './spoken-date.ts';
import { either, endsOf, readAll, table, templates, type Part } from './spoken-part.ts';
import { resolveTime, spokenTimes, type SpokenTime } from './spoken-time.ts';
import { defaultFrom, isHour, timesAndWaits } from './time.ts';

/** How a date with a time is understood. */
export interface DateTimeOptions {
  /** Whether what leaves its day open is the next one or the last one; default "future". */
  prefer?: Preference;
  /** As in `TimeOptions`, where a day is said: "tomorrow at six"; default 1. */
  from?: number;
  /** The moment that everything is counted from, for tests; default: now, on this machine's clock. */
  now?: SlotClock;
}

/**
 * A moment: "tomorrow at nine", "in ten minutes", "on Friday at half past six", "at six". The value is a local ISO 8601
 * date and time such as "2026-12-03T18:30:00". A time without a day is the next one of this time, so at noon "six" is
 * 18:00.
 */
export function dateTime(options: DateTimeOptions = {}): Slot<string> {
  const { prefer = 'future', from = defaultFrom, now = systemClock } = options;
  return {
    type: 'date-time',
    schema: z.iso.datetime({ local: true }),
    key: `date-time:${prefer}:${from}:${clockKey(now)}`,
    vagueness: 0.1,
    guessable: false,
    problems: () => (isHour(from) ? [] : [`from must be a whole hour from 0 to 23, it is ${from}`]),
    pattern: (language) => moments(language).pattern,
    ends: (words, at, language) => endsOf(moments(language), words, at),
    parse: (words, language) => {
      const said = readAll(moments(language), words);
      return said && resolveMoment(said, now(), { prefer, from });
    },
    hint: (language) => language.times?.exampleWithDate ?? '2026-12-03 18:30',
  };
}

/** What the words of a moment say. */
export interface SpokenMoment {
  date?: SpokenDate;
  time?: SpokenTime;
  /** Seconds from now. */
  wait?: number;
}

const moments: (language: Language) => Part<SpokenMoment> = perLanguage((language) => {
  const words = language.times;
  const parts = {
    date: spokenDates(language),
    time: spokenTimes(language),
    period: table(Object.entries(words?.periods ?? {})),
  };
  const together = templates(words?.together ?? ['{date} {time}'], parts, ({ date, time, period }): SpokenMoment => ({
    date: date!,
    time: period === undefined || time!.from !== undefined ? time! : { ...time!, from: period },
  }));
  const alone = timesAndWaits(language);
  return either<SpokenMoment>(together, {
    pattern: alone.pattern,
    *read(said, at) {
      for (const { value, end } of alone.read(said, at))
        yield { value: typeof value === 'number' ? { wait: value } : { time: value }, end };
    },
  });
});

/** Returns the moment that words mean when they are said at another one, as a local ISO 8601 date and time. */
export function resolveMoment(
  { date, time, wait }: SpokenMoment,
  now: Date,
  { prefer, from }: { prefer: Preference; from: number },
): string | undefined {
  if (wait !== undefined) return localText(new Date(now.getTime() + wait * 1000));
  const today = localDay(now);
  const at = (day: number, start = from): string => textOf(day, resolveTime(time!, start), time!.second);
  const present = localText(now);
  const isOpen = (text: string): boolean => (prefer === 'future' ? text > present : text <= present);
  const step = prefer === 'future' ? 1 : -1;
  if (!date) {
    // Both halves of today, then those of the day beside it.
    const choices = [today, today + step].flatMap((day) => [at(day, 0), at(day, 12)]).filter(isOpen);
    return prefer === 'future' ? choices.sort()[0] : choices.sort().at(-1);
  }
  const day = resolveDate(date, today, prefer);
  if (day === undefined) return undefined;
  const text = at(day);
  if (isOpen(text) || day !== today) return text;
  if (Object.keys(date).join() === 'weekday') return at(day + 7 * step);
  const other = at(day, 12);
  return isOpen(other) ? other : text;
}

function textOf(day: number, minutes: number, second = 0): string {
  return `${isoDate(day)}T${[Math.floor(minutes / 60), minutes % 60, second].map(twoDigits).join(':')}`;
}

function localText(moment: Date): string {
  return textOf(localDay(moment), moment.getHours() * 60 + moment.getMinutes(), moment.getSeconds());
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
