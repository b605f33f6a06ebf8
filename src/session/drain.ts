import type { Log } from '../log.ts';
import type { Session } from './session.ts';

/** What is to be drained. */
export interface DrainOptions {
  /** A server that takes nothing new from now on; its `drain` resolves when what its clients have begun is done. */
  server: { drain?(): Promise<void> } | undefined;
  /** Returns the sessions that are open, those of no client included. */
  sessions: () => Iterable<Session>;
  drainMs: number;
  /** Aborting it ends the wait before that time. */
  hurry: AbortSignal;
  log: Log;
}

/**
 * Lets everybody finish what they have begun to say and to run, and ends each session then. Resolves with false when
 * the time was over before.
 */
export async function drain({ server, sessions, drainMs, hurry, log }: DrainOptions): Promise<boolean> {
  log('heed ends when nothing is being said or run any more.', { level: 'info', drain_ms: drainMs });
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), drainMs);
  const late = aborted(AbortSignal.any([hurry, limit.signal]));
  const isDone = await Promise.race([allQuiet(server, sessions, log).then(() => true), late.then(() => false)]);
  clearTimeout(timer);
  if (!isDone) log('Time is up: what is still being said or run is cut off.', { sessions: [...sessions()].length });
  return isDone;
}

/** The sessions of clients come first, because their connections end with them. */
async function allQuiet(server: DrainOptions['server'], sessions: DrainOptions['sessions'], log: Log): Promise<void> {
  await server?.drain?.();
  await Promise.all(
    [...sessions()].map(async (session) => {
      await session.quiet();
      if (session.isHearing)
        log('A phrase is dropped: the line broke before its end, and heed ends.', { session: session.id });
      await session.close('shutdown');
    }),
  );
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
