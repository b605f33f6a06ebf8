import { z } from 'zod';
import type { Language } from '../../language/index.ts';
import { foldWord } from '../fold.ts';
import { numberWordsOf } from '../number-words.ts';
import { resolveMoment, type SpokenMoment } from './date-time.ts';
import { duration } from './duration.ts';
import { perLanguage } from './per-language.ts';
import type { Slot } from './slot.ts';
import { endsOf, readAll, slotPart, table, templates, type Part } from './spoken-part.ts';
import { timeParts, withPeriod } from './spoken-time.ts';
import { defaultFrom } from './time.ts';

/**
 * When a command is to run: "in ten minutes", "at six", "tomorrow at nine". The value is what was said, as JSON, since
 * it counts from the moment at which it was said; see `dueOf`.
 */
function delay(key: string, delays: (language: Language) => Part<SpokenMoment>): Slot<string> {
  return {
    type: 'delay',
    schema: z.string(),
    key,
    vagueness: 0.1,
    guessable: false,
    problems: () => [],
    pattern: (language) => delays(language).pattern,
    ends: (words, at, language) => endsOf(delays(language), words, at),
    parse: (words, language) => {
      const said = readAll(delays(language), words);
      return said && JSON.stringify(said);
    },
    hint: (language) => language.times?.exampleWithDate ?? '',
  };
}

/** When a command is to run, ms since 1970; and how long after it was said that is, ms, if a length was said. */
export interface DueTime {
  dueMs: number;
  waitMs?: number;
}

/** Returns the moment that the value of the slot means if it is said now; undefined if there is none. */
export function dueOf(said: string, now: Date): DueTime | undefined {
  const moment = JSON.parse(said) as SpokenMoment;
  if (moment.wait !== undefined) {
    const waitMs = moment.wait * 1000;
    return { dueMs: now.getTime() + waitMs, waitMs };
  }
  const text = resolveMoment(moment, now, { prefer: 'future', from: defaultFrom });
  return text === undefined ? undefined : { dueMs: new Date(text).getTime() };
}

/** Whether commands can be delayed in a language. */
export function knowsDelays(language: Language): boolean {
  return (language.times?.delays.length ?? 0) > 0;
}

/** Whether a slot takes such words as its value: then they belong to the slot. */
export function takesTimes({ type }: Pick<Slot, 'type'>): boolean {
  return ['duration', 'time', 'date', 'date-time'].includes(type);
}

const allDelays: (language: Language) => Part<SpokenMoment> = perLanguage((language) => {
  const parts = {
    duration: slotPart(duration(), language),
    ...timeParts(language)!,
    day: days(language),
  };
  return templates(language.times!.delays, parts, (found): SpokenMoment | undefined => {
    if (found.duration !== undefined) return { wait: found.duration };
    const time = withPeriod(found.time ?? found.past ?? found.named, found.period);
    return time && { time, ...(found.day ? { date: found.day } : {}) };
  });
});

const delaysBehind: (language: Language) => Part<SpokenMoment> = perLanguage((language) => {
  const all = allDelays(language);
  const numbers = numberWordsOf(language);
  return {
    pattern: all.pattern,
    // Of "to twenty five to six", nobody knows where the number ends and the time begins.
    *read(words, at) {
      const first = words[at];
      if (first !== undefined && !/\d/.test(first) && !numbers.has(foldWord(first))) yield* all.read(words, at);
    },
  };
});

/** The slot behind a phrase. */
export const delaySlot = delay('delay', delaysBehind);
/** The slot in front of a phrase, where no number can be in front of the delay. */
export const firstDelaySlot = delay('delay-first', allDelays);

/** The days of the next week; a command is never planned for later. */
function days(language: Language): Part<NonNullable<SpokenMoment['date']>> {
  const { relative = {}, weekdays = [] } = language.dates ?? {};
  return table<NonNullable<SpokenMoment['date']>>([
    ...Object.entries(relative).flatMap(([way, day]) => (day >= 0 ? [[way, { relative: day }] as const] : [])),
    ...weekdays.flatMap((ways, weekday) => ways.map((way) => [way, { weekday }] as const)),
  ]);
}
