import { readdirSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/** The lowest priority that Linux knows: such a thread runs where no other one wants to. */
const lowest = 19;

/**
 * Makes the thread that calls it give way to all others. Only Linux has priorities of threads; elsewhere they belong to
 * the process as a whole, which is left as it is.
 */
export function giveWay(): void {
  if (process.platform === 'linux') setPriority(lowest);
}

/** So many steps lower, a process gets a quarter of the time while both want to run. */
const lowerSteps = 5;

/** Makes another process, with all its threads, give way to this one. A process that has ended is no error. */
export function letGiveWay(pid: number): void {
  try {
    // On Linux each thread has a priority of its own, which it hands on to those that it starts.
    const threads = process.platform === 'linux' ? readdirSync(`/proc/${pid}/task`).map(Number) : [pid];
    const priority = Math.min(lowest, getPriority() + lowerSteps);
    for (const thread of threads) setPriority(thread, priority);
  } catch {
    // It has ended, or one of its threads has; one that goes on at its old priority is only less polite.
  }
}
