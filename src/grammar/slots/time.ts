import { z } from 'zod';
import type { Language } from '../../language/index.ts';
import { clockKey, systemClock, type SlotClock } from './clock.ts';
import { duration } from './duration.ts';
import { perLanguage } from './per-language.ts';
import type { Slot } from './slot.ts';
import { either, endsOf, readAll, slotPart, templates, type Part } from './spoken-part.ts';
import { resolveTime, spokenTimes, type SpokenTime } from './spoken-time.ts';

/** How a time of day is understood. */
export interface TimeOptions {
  /**
   * The hour, 0–23, from which on a time is sought that may be in either half of the day. Default 1: "six" is 06:00
   * and "twelve" is 12:00. With 8, "six" is 18:00 and "nine" is 09:00.
   */
  from?: number;
  /** The moment that "in ten minutes" is counted from, for tests; default: now, on this machine's clock. */
  now?: SlotClock;
}

/** The hour that times are sought from when an author has not said one. */
export const defaultFrom = 1;

/**
 * A time of day: "half past six", "quarter to nine", "18:30", "6 pm", "noon", "in ten minutes". The value is "18:30",
 * or "18:30:15" where seconds are said or counted.
 */
export function time({ from = defaultFrom, now = systemClock }: TimeOptions = {}): Slot<string> {
  return {
    type: 'time',
    schema: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/),
    key: `time:${from}:${clockKey(now)}`,
    vagueness: 0.1,
    guessable: false,
    problems: () => (isHour(from) ? [] : [`from must be a whole hour from 0 to 23, it is ${from}`]),
    pattern: (language) => timesAndWaits(language).pattern,
    ends: (words, at, language) => endsOf(timesAndWaits(language), words, at),
    parse: (words, language) => {
      const said = readAll(timesAndWaits(language), words);
      if (said === undefined) return undefined;
      if (typeof said === 'number') return said < secondsPerDay ? clockAt(now(), said) : undefined;
      const minutes = resolveTime(said, from);
      return written(Math.floor(minutes / 60), minutes % 60, said.second);
    },
    hint: (language) => language.times?.example ?? '18:30',
  };
}

const secondsPerDay = 86_400;

/** Whether a number is an hour of the day. */
export function isHour(hour: number): boolean {
  return Number.isInteger(hour) && hour >= 0 && hour <= 23;
}

/** Times of day, and seconds to wait: "in ten minutes". */
export const timesAndWaits: (language: Language) => Part<SpokenTime | number> = perLanguage((language) =>
  either<SpokenTime | number>(spokenTimes(language), waits(language)),
);

/** Seconds from now: "in ten minutes". */
function waits(language: Language): Part<number> {
  const parts = { duration: slotPart(duration(), language) };
  return templates(language.times?.after ?? [], parts, (found) => found.duration);
}

function clockAt(now: Date, seconds: number): string {
  const then = new Date(now.getTime() + seconds * 1000);
  return written(then.getHours(), then.getMinutes(), then.getSeconds() || undefined);
}

function written(...parts: (number | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined)
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
