/** What tests see of processes that they or heed have started. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { eventually } from './patience.ts';

/** Whether a process with this number is running. */
export function isAlive(pid: number): boolean {
  try {
    // In a container nobody may collect an orphan's exit status, so a zombie counts as ended.
    if (process.platform === 'linux') return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Resolves when a process has ended. */
export async function ended(pid: number): Promise<void> {
  await eventually(() => expect(isAlive(pid)).toBe(false));
}
