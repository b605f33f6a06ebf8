import type { EventBody } from '../events/event.ts';
import type { CommandOutcome } from '../types.ts';

/** The command that an event is about. */
export interface GivenCommand {
  segment_id?: string;
  command: string;
  args: Record<string, unknown>;
  /** If it was given for later, what it is known by. */
  planned_id?: string;
}

/** Returns the event that reports what became of a command; `timing` is the time spent before it ran, in ms. */
export function outcomeEvent(
  outcome: CommandOutcome,
  command: GivenCommand,
  timing: Record<string, number>,
): EventBody {
  switch (outcome.status) {
    case 'done':
      return {
        type: 'command.completed',
        ...command,
        can_undo: outcome.canUndo,
        duration_ms: outcome.durationMs,
        timing: { ...timing, run: outcome.durationMs },
        ...(outcome.say === undefined ? {} : { say: outcome.say }),
      };
    case 'failed':
      return {
        type: 'command.failed',
        ...command,
        code: outcome.code,
        message: outcome.message,
        duration_ms: outcome.durationMs,
      };
    case 'planned':
      return {
        type: 'command.planned',
        ...command,
        planned_id: outcome.plannedId,
        phrase: outcome.phrase,
        due: outcome.due,
        is_kept: outcome.isKept,
        say: outcome.say,
      };
    case 'refused':
      return {
        type: 'command.refused',
        ...command,
        reason: outcome.reason,
        ...(outcome.code === undefined ? {} : { code: outcome.code }),
      };
  }
}
