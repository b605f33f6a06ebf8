import { HeedError } from '../errors.ts';
import type { Log } from '../log.ts';
import { CommandError, HandlerStopped, readableStack } from '../registry/index.ts';
import type { CommandMatch, CommandOutcome } from '../types.ts';
import { UnansweredError } from './question.ts';
import { VoiceRefusal } from './voice-rule.ts';

/** How a command ended, before its time is known. */
export type Ending = CommandOutcome extends infer O
  ? O extends CommandOutcome
    ? Omit<O, 'durationMs'>
    : never
  : never;

/**
 * Returns how a command ended that threw an error or was stopped; undefined when the cause must stay in the log. Only
 * messages that the command's author or heed itself has written reach the client.
 */
export function endingOf(error: unknown, signal: AbortSignal): Ending | undefined {
  const cause = causeOf(error, signal);
  if (cause instanceof VoiceRefusal) return { status: 'refused', ...cause.objection };
  if (cause instanceof UnansweredError) return { status: 'refused', reason: cause.message };
  const isForSpeaker = cause instanceof CommandError || cause instanceof HandlerStopped;
  if (isForSpeaker || (signal.aborted && cause instanceof HeedError))
    return { status: 'failed', code: cause.code, message: cause.message };
  return undefined;
}

/** Logs what only the author should read of an error, and returns how the command ended. */
export function internalEnding(
  { command, phrase, args }: Pick<CommandMatch, 'command' | 'phrase' | 'args'>,
  error: unknown,
  { log, sessionId }: { log: Log; sessionId: string },
): Ending {
  log(`${command} failed: ${readableStack(error)}`, {
    level: 'error',
    session: sessionId,
    command,
    spoken: [phrase, ...Object.values(args).map(String)],
  });
  return { status: 'failed', code: 'internal', message: `${command} failed; the log has the details.` };
}

/** Returns why a run was stopped, if it was, and what it threw otherwise. */
export function causeOf(error: unknown, signal: AbortSignal): unknown {
  return signal.aborted ? (signal.reason as unknown) : error;
}
