import type { Config } from '../config/index.ts';
import type { Log } from '../log.ts';
import type { Journal } from '../journal/index.ts';
import type { Command, CommandInfo } from '../registry/index.ts';
import type { EventBody } from '../events/event.ts';
import type { StateStore } from './handler-run.ts';
import type { PlanClock } from './plans/plan-clock.ts';

/** What a dispatcher needs. */
export interface DispatcherOptions {
  config: Config['dispatch'];
  registry: {
    readonly commands: readonly Command[];
    get(name: string): Command | undefined;
    describe(language: string, active: readonly string[]): readonly CommandInfo[];
  };
  state: StateStore;
  /** Takes events that belong to no session that is open. */
  publish: (body: EventBody) => void;
  /** The clocks of planned commands; default: the machine's. */
  planClock?: PlanClock;
  /** Takes every command that is given, before its handler starts and after it has ended. */
  journal: Journal;
  log: Log;
}
