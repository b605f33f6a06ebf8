// Calendar days as whole numbers, the days since 1 January 1970, so that a week is 7 and no time zone matters.

const msPerDay = 86_400_000;

/** Returns the day of a date, or undefined if there is no such date; the month is 1–12. */
export function dayOf(year: number, month: number, day: number): number | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / msPerDay : undefined;
}

/** The year, the month (1–12) and the day of the month. */
export function partsOf(day: number): { year: number; month: number; day: number } {
  const date = new Date(day * msPerDay);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Returns the day of a moment on this machine's clock. */
export function localDay(moment: Date): number {
  return Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate()) / msPerDay;
}

/** 0 is Monday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Adds months; from the 31st, a shorter month gives its last day. */
export function addMonths(day: number, months: number): number {
  const from = partsOf(day);
  const month = from.year * 12 + from.month - 1 + months;
  const [year, zeroBased] = [Math.floor(month / 12), ((month % 12) + 12) % 12];
  for (let of = from.day; ; of--) {
    const found = dayOf(year, zeroBased + 1, of);
    if (found !== undefined) return found;
  }
}

/** "2026-12-03". */
export function isoDate(day: number): string {
  return new Date(day * msPerDay).toISOString().slice(0, 10);
}
