import { setPriority } from 'node:os';

/** The lowest priority that Linux knows: such a thread runs where no other one wants to. */
const lowest = 19;

/**
 * Makes the thread that calls it give way to all others. Only Linux has priorities of threads; elsewhere they belong to
 * the process as a whole, which is left as it is.
 */
export function giveWay(): void {
  if (process.platform === 'linux') setPriority(lowest);
}
