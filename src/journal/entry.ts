import type { CommandOutcome } from '../types.ts';

/** A command that was given. */
export interface GivenEntry {
  /** Tells this command from all others, for ever: a handler gets it as its idempotency key. */
  key: string;
  sessionId: string;
  segmentId?: string;
  command: string;
  phrase: string;
  args: Record<string, unknown>;
}

/** When a planned command is to run, and what must be as it was when it was planned. */
export interface PlanDetails {
  /** An ISO date. */
  due: string;
  /** The time from when it was said until then, ms, if a length of time was said. */
  waitMs?: number;
  /** The ISO 639-1 code of the speaker's language. */
  language: string;
  /** The version of the command; see `Command.version`. */
  version: string;
}

/** A command that was given for later; its phrase is that of the command, without the time. */
export interface PlannedEntry extends GivenEntry {
  plan: PlanDetails;
}

/**
 * How far a command has come. `planned`: it is to run later. `cancelled` and `missed`: it was planned, and called off
 * or not run in time. `unknown`: the process that ran its handler ended, so nobody knows what the handler has
 * done.
 */
export type EntryStatus = 'running' | CommandOutcome['status'] | 'unknown' | UnplannedStatus;

/** Why a planned command will not run. */
export type UnplannedStatus = 'cancelled' | 'missed';

/** A command that was given, and what became of it. */
export interface JournalEntry extends GivenEntry {
  /** When it was written, by the wall clock: an ISO date. */
  time: string;
  status: EntryStatus;
  /** Of a command that was given for later. */
  plan?: PlanDetails;
  /** Absent while it runs, and when heed ended before the handler did. */
  outcome?: CommandOutcome;
}

/** Which entries are meant: those that were written in this time, ms since 1970. */
export interface TimeSpan {
  fromMs?: number;
  /** Exclusive. */
  untilMs?: number;
}

/**
 * What has been done, kept in the order in which it was given. When there is too much, the oldest is dropped, except
 * for what is running or planned.
 */
export interface Journal {
  /** Whether it is read again when heed starts again. */
  readonly isKept: boolean;
  /** Writes that a command is to run later. */
  plan(entry: PlannedEntry): Promise<void>;
  /** Writes why a planned command will not run. Resolves to false when it is not planned any more. */
  unplan(key: string, status: UnplannedStatus, reason: string): Promise<boolean>;
  /** Returns what processes that are gone had planned; from now on this one has. */
  takePlanned(): Promise<PlannedEntry[]>;
  /**
   * Writes that the handler of a command is about to start. Resolves to false when a command with this key has begun
   * before, or is planned no more: it must not run.
   */
  begin(entry: GivenEntry): Promise<boolean>;
  /** Writes how a command that began has ended. */
  end(key: string, outcome: CommandOutcome): Promise<void>;
  /** Writes a command whose handler never started. */
  add(entry: GivenEntry, outcome: CommandOutcome): Promise<void>;
  /** Returns the entries of a time, oldest first. */
  list(span?: TimeSpan): Promise<JournalEntry[]>;
  /** Forgets the entries of a time, except for commands that are running or planned; returns how many. */
  purge(span?: TimeSpan): Promise<number>;
  /** Resolves when everything is written. Idempotent. */
  close(): Promise<void>;
}

/** Returns how far a command has come that ended in this way. */
export function statusOf(outcome: CommandOutcome): EntryStatus {
  return outcome.status === 'failed' && outcome.code === 'worker-lost' ? 'unknown' : outcome.status;
}

/** Whether an entry is still needed: of a command that runs or is to run. */
export function isOpen(status: EntryStatus): boolean {
  return status === 'running' || status === 'planned';
}

/** Returns the outcome of a planned command that will not run. */
export function unplanned(reason: string): CommandOutcome {
  return { status: 'refused', reason, durationMs: 0 };
}
