import { hasAddon, loadAddon } from './load-addon.ts';

/** The part of the addon for voice activity that child processes use; the other addon is several times as large. */
interface ProcessAddon {
  endWithParent(parent: number): void;
}

/**
 * Ends this child process as soon as its parent has ended, whatever it is doing then: JavaScript that computes does not
 * notice that the channel was closed. Without an addon for this machine the channel alone has to do.
 */
export function endWithParent(): void {
  if (hasAddon('voice')) loadAddon<ProcessAddon>('voice').endWithParent(process.ppid);
}
