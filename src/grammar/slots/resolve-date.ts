import { addMonths, dayOf, partsOf, weekdayOf } from './calendar.ts';

/** A length of time in calendar units. */
export interface Span {
  months: number;
  days: number;
}

/** What the words of a date say; what they leave open is found from the day on which they are said. */
export interface SpokenDate {
  /** Days from today. */
  relative?: number;
  /** 0 is Monday. */
  weekday?: number;
  day?: number;
  month?: number;
  year?: number;
  /** The month in "20th of next month", from this one; the week in "Friday next week", or before a weekday. */
  shift?: number;
  /** Whether the shift counts months, weeks or days; without it, weeks. */
  days?: true;
  months?: true;
  /** As in "the first Friday of July"; −1 is the last one. */
  nth?: number;
  span?: Span;
  ago?: true;
  /** Where the span begins, if not today. */
  base?: SpokenDate;
  /** As in "two Mondays later". */
  count?: number;
}

/** Whether a date that names no year, or only a weekday, is the next or the last one of its kind. */
export type Preference = 'future' | 'past';

/** How many months or years are looked through for a date such as 29 February. */
const mostTries = 48;

/** Returns the day that a date means when it is said on a day; undefined if there is no such day. */
export function resolveDate(said: SpokenDate, today: number, prefer: Preference): number | undefined {
  if (said.relative !== undefined) return today + said.relative;
  if (said.span) return fromSpan(said, said.span, today, prefer);
  if (said.nth !== undefined) return nthWeekday(said, today, prefer);
  if (said.day !== undefined) return dayOfMonth(said, today, prefer);
  if (said.days) return today + (said.shift ?? 0);
  if (said.weekday === undefined) return undefined;
  if (said.count !== undefined) return nearestWeekday(said.weekday, today + 1, 'future') + 7 * (said.count - 1);
  if (said.shift === undefined) return nearestWeekday(said.weekday, today, prefer);
  return today - weekdayOf(today) + 7 * said.shift + said.weekday;
}

function fromSpan(said: SpokenDate, { months, days }: Span, today: number, prefer: Preference): number | undefined {
  const start = said.base ? resolveDate(said.base, today, prefer) : today;
  const sign = said.ago ? -1 : 1;
  return start === undefined ? undefined : addMonths(start, sign * months) + sign * days;
}

/** Today counts as the next one, and never as the last one. */
function nearestWeekday(weekday: number, today: number, prefer: Preference): number {
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  return prefer === 'future' ? today + ahead : today + ahead - 7;
}

function dayOfMonth(said: SpokenDate, today: number, prefer: Preference): number | undefined {
  const now = partsOf(today);
  const { day = 1, month, year } = said;
  if (month !== undefined && year !== undefined) return dayOf(year, month, day);
  if (said.months) return inMonth(now, said.shift ?? 0, (y, m) => dayOf(y, m, day));
  const fits = (found: number): boolean => (prefer === 'future' ? found >= today : found < today);
  if (month === undefined && said.weekday !== undefined) {
    // "Thursday the 21st" is in this month if it can be, even if it is over.
    const here = dayOf(now.year, now.month, day);
    if (here !== undefined && weekdayOf(here) === said.weekday) return here;
  }
  return firstOf(prefer, (tries) => {
    const found =
      month === undefined ? inMonth(now, tries, (y, m) => dayOf(y, m, day)) : dayOf(now.year + tries, month, day);
    // Of a date with its month, the weekday may be wrong, because people count weekdays badly.
    const isWeekday = month !== undefined || said.weekday === undefined || weekdayOf(found ?? 0) === said.weekday;
    return found !== undefined && fits(found) && isWeekday ? found : undefined;
  });
}

function nthWeekday(said: SpokenDate, today: number, prefer: Preference): number | undefined {
  const now = partsOf(today);
  const inside = (year: number, month: number): number | undefined => {
    if (said.nth === -1) {
      const end = addMonths(dayOf(year, month, 1)!, 1) - 1;
      return end - ((weekdayOf(end) - said.weekday! + 7) % 7);
    }
    const start = dayOf(year, month, 1)!;
    const found = start + ((said.weekday! - weekdayOf(start) + 7) % 7) + 7 * (said.nth! - 1);
    return partsOf(found).month === month ? found : undefined;
  };
  const { month, year } = said;
  if (month === undefined) return inMonth(now, said.shift ?? 0, inside);
  if (year !== undefined) return inside(year, month);
  return firstOf(prefer, (tries) => {
    const found = inside(now.year + tries, month);
    return found !== undefined && (prefer === 'future' ? found >= today : found < today) ? found : undefined;
  });
}

function inMonth<T>(now: { year: number; month: number }, shift: number, use: (year: number, month: number) => T): T {
  const { year, month } = partsOf(addMonths(dayOf(now.year, now.month, 1)!, shift));
  return use(year, month);
}

/** Tries 0, 1, 2 … for the future and 0, −1, −2 … for the past. */
function firstOf(prefer: Preference, find: (tries: number) => number | undefined): number | undefined {
  for (let tries = 0; tries < mostTries; tries++) {
    const found = find(prefer === 'future' ? tries : -tries);
    if (found !== undefined) return found;
  }
  return undefined;
}
