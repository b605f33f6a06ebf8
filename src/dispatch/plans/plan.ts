import type { EventBody } from '../../events/event.ts';
import type { PlannedEntry } from '../../journal/index.ts';

/** A command that is to run later, as programs and pages see it. */
export interface PlannedCommand {
  id: string;
  command: string;
  args: Record<string, unknown>;
  /** The phrase without the time. */
  phrase: string;
  /** An ISO date. */
  due: string;
  /** The session in which it was planned, which may be over. */
  sessionId: string;
  /** Whether it will also run if heed is started again until then. */
  isKept: boolean;
}

/** The moment at which a command is to run. */
export interface Due {
  /** By the wall clock: ms since 1970. */
  dueMs: number;
  /** If a length of time was said: the time that had passed when it was said, and when it will be over, ms. */
  wait?: { fromMs: number; ms: number };
}

/** A command that is to run later. */
export interface Plan extends Due {
  entry: PlannedEntry;
  isKept: boolean;
  /** Why nobody knows any more when it is due. */
  lost?: string;
  /** Whether the session in which it was planned still allows it. */
  isAllowed: () => boolean;
  /** Takes events about it. */
  publish: (body: EventBody) => void;
}

/** Returns a plan as programs and pages see it. */
export function plannedCommand({ entry, isKept }: Plan): PlannedCommand {
  const { key, command, args, phrase, plan, sessionId } = entry;
  return { id: key, command, args, phrase, due: plan.due, sessionId, isKept };
}
