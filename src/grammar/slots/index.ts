// The types of slots for authors of commands. To add one, add a file beside this one and a line here.
export type { SlotClock } from './clock.ts';
export { date, type DateOptions } from './date.ts';
export { dateTime, type DateTimeOptions } from './date-time.ts';
export { duration } from './duration.ts';
export { list, type ListOptions, type ListValue } from './list.ts';
export { number, type NumberOptions } from './number.ts';
export { ordinal, type OrdinalOptions } from './ordinal.ts';
export { percent, type PercentOptions } from './percent.ts';
export { text, type TextOptions } from './text.ts';
export { time, type TimeOptions } from './time.ts';
export type { Slot, SlotValue } from './slot.ts';
