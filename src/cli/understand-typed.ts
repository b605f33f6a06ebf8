import { randomUUID } from 'node:crypto';
import type { Heed, OpenSessionOptions } from '../heed.ts';
import type { ExpectedCommand } from '../cases/index.ts';

/** What a case was understood as. */
export interface Heard {
  came: ExpectedCommand[];
  heard: string[];
  /** Why there was no command. */
  reasons: string[];
  errors: string[];
}

/** Understands a typed phrase without running commands, as `heed say` would. */
export async function understandTyped(
  phrase: string,
  heed: Heed,
  options: Pick<OpenSessionOptions, 'language' | 'contexts'>,
): Promise<Heard> {
  const sessionId = randomUUID();
  const result: Heard = { came: [], heard: [phrase], reasons: [], errors: [] };
  const stop = heed.bus.subscribe({ session: sessionId }, (event) => {
    if (event.type === 'command.matched') result.came.push({ command: event.command, args: event.args });
    else if (event.type === 'command.unmatched') result.reasons.push(event.reason);
    else if (event.type === 'error') result.errors.push(event.message);
  });
  const session = await heed.openSession({ ...options, sessionId, dryRun: true, audio: false });
  try {
    await session.say(phrase);
  } finally {
    await session.close();
    stop();
  }
  return result;
}
