import { z } from 'zod';
import { isoDate, localDay } from './calendar.ts';
import { clockKey, systemClock, type SlotClock } from './clock.ts';
import { resolveDate, type Preference } from './resolve-date.ts';
import type { Slot } from './slot.ts';
import { spokenDates } from './spoken-date.ts';
import { endsOf, readAll } from './spoken-part.ts';

/** How a date is understood. */
export interface DateOptions {
  /** Whether a date without its year, and a weekday, is the next one or the last one; default "future". */
  prefer?: Preference;
  /** The moment that "tomorrow" is counted from, for tests; default: now, on this machine's clock. */
  now?: SlotClock;
}

/**
 * A day: "tomorrow", "next Friday", "the third of March", "in two weeks", "12/3". The value is an ISO 8601 date such as
 * "2026-12-03".
 */
export function date({ prefer = 'future', now = systemClock }: DateOptions = {}): Slot<string> {
  return {
    type: 'date',
    schema: z.iso.date(),
    key: `date:${prefer}:${clockKey(now)}`,
    vagueness: 0.1,
    guessable: false,
    problems: () => [],
    pattern: (language) => spokenDates(language).pattern,
    ends: (words, at, language) => endsOf(spokenDates(language), words, at),
    parse: (words, language) => {
      const said = readAll(spokenDates(language), words);
      const day = said && resolveDate(said, localDay(now()), prefer);
      return day === undefined ? undefined : isoDate(day);
    },
    hint: (language) => language.dates?.example ?? isoDate(localDay(now())),
  };
}
