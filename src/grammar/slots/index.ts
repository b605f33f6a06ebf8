// The types of slots that authors of commands use: a further one is a file beside this one, and a line here.
export { duration } from './duration.ts';
export { list, type ListOptions, type ListValue } from './list.ts';
export { number, type NumberOptions } from './number.ts';
export { percent, type PercentOptions } from './percent.ts';
export { text, type TextOptions } from './text.ts';
export type { Slot, SlotValue } from './slot.ts';
