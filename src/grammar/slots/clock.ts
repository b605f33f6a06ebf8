/** Tells the moment that "tomorrow" and "in ten minutes" are counted from. */
export type SlotClock = () => Date;

/** The clock of this machine. */
export const systemClock: SlotClock = () => new Date();

const numbers = new WeakMap<SlotClock, number>([[systemClock, 0]]);
let last = 0;

/** Returns a part of a slot's key that is the same for the same clock. */
export function clockKey(clock: SlotClock): string {
  if (!numbers.has(clock)) numbers.set(clock, ++last);
  return String(numbers.get(clock));
}
