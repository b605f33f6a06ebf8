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

/**
 * How far a command has come. `unknown`: the process that ran its handler ended, so nobody knows what the handler has
 * done.
 */
export type EntryStatus = 'running' | CommandOutcome['status'] | 'unknown';

/** A command that was given, and what became of it. */
export interface JournalEntry extends GivenEntry {
  /** When it was written, by the wall clock: an ISO date. */
  time: string;
  status: EntryStatus;
  /** Absent while it runs, and when heed ended before the handler did. */
  outcome?: CommandOutcome;
}

/** Which entries are meant: those that were written in this time, ms since 1970. */
export interface TimeSpan {
  fromMs?: number;
  /** Exclusive. */
  untilMs?: number;
}

/** What has been done, kept in the order in which it began. When there is too much, the oldest is dropped. */
export interface Journal {
  /**
   * Writes that the handler of a command is about to start. Resolves to false when a command with this key has begun
   * before: it must not run again.
   */
  begin(entry: GivenEntry): Promise<boolean>;
  /** Writes how a command that began has ended. */
  end(key: string, outcome: CommandOutcome): Promise<void>;
  /** Writes a command whose handler never started. */
  add(entry: GivenEntry, outcome: CommandOutcome): Promise<void>;
  /** Returns the entries of a time, oldest first. */
  list(span?: TimeSpan): Promise<JournalEntry[]>;
  /** Forgets the entries of a time, except for commands that are running; returns how many. */
  purge(span?: TimeSpan): Promise<number>;
  /** Resolves when everything is written. Idempotent. */
  close(): Promise<void>;
}

/** Returns how far a command has come that ended in this way. */
export function statusOf(outcome: CommandOutcome): EntryStatus {
  return outcome.status === 'failed' && outcome.code === 'worker-lost' ? 'unknown' : outcome.status;
}
