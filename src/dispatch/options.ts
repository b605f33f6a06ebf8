import type { Config } from '../config/index.ts';
import type { Log } from '../log.ts';
import type { Command, CommandInfo } from '../registry/index.ts';
import type { CommandOutcome } from '../types.ts';
import type { StateStore } from './handler-run.ts';

/** What a dispatcher needs. */
export interface DispatcherOptions {
  config: Config['dispatch'];
  registry: {
    readonly commands: readonly Command[];
    get(name: string): Command | undefined;
    describe(language: string, active: readonly string[]): readonly CommandInfo[];
  };
  state: StateStore;
  log: Log;
}

/** One command that was given, and its outcome. */
export interface JournalEntry {
  /** Wall time, for display. */
  time: string;
  sessionId: string;
  segmentId?: string;
  command: string;
  phrase: string;
  args: Record<string, unknown>;
  outcome: CommandOutcome;
}
