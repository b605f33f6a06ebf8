// The types of slots for authors of commands. To add one, add a file beside this one and a line here.
export { duration } from './duration.ts';
export { list, type ListOptions, type ListValue } from './list.ts';
export { number, type NumberOptions } from './number.ts';
export { ordinal, type OrdinalOptions } from './ordinal.ts';
export { percent, type PercentOptions } from './percent.ts';
export { text, type TextOptions } from './text.ts';
export type { Slot, SlotValue } from './slot.ts';
