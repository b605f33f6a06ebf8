import { HeedError } from '../errors.ts';
import type { DispatcherOptions } from './options.ts';
import { PinCheck } from './pin.ts';
import { PlannedRuns } from './plans/planned-run.ts';
import { Planner } from './plans/planner.ts';
import type { DispatchedSession } from './run-context.ts';
import { SessionDispatcher } from './session-dispatcher.ts';

/** Opens a dispatcher for each session. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #pins: PinCheck;
  readonly #plannedRuns: PlannedRuns;
  /** The commands that were given for later. */
  readonly planner: Planner;
  readonly #sessions = new Set<SessionDispatcher>();
  #state: 'open' | 'closed' = 'open';

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#pins = new PinCheck(options.config.pin);
    this.#plannedRuns = new PlannedRuns(options);
    const { planClock: clock, ...others } = options;
    this.planner = new Planner({ ...others, clock, run: (plan) => this.#plannedRuns.run(plan) });
  }

  /** Opens the dispatcher of one session, until its `end()`. After `close()` it refuses every command. */
  open(session: DispatchedSession): SessionDispatcher {
    const dispatcher = new SessionDispatcher(session, {
      ...this.#options,
      pins: this.#pins,
      planner: this.planner,
      onIdle: () => this.#sessions.delete(dispatcher),
    });
    this.#sessions.add(dispatcher);
    if (this.#state === 'closed') void dispatcher.close();
    return dispatcher;
  }

  /** Stops every handler and refuses all further commands. Resolves when nothing is pending. Idempotent. */
  async close(): Promise<void> {
    this.#state = 'closed';
    this.#plannedRuns.stop(new HeedError('closed', 'heed is closing.'));
    await Promise.all([this.planner.close(), ...[...this.#sessions].map((session) => session.close())]);
  }
}
