import type { DispatcherOptions } from './options.ts';
import { PinCheck } from './pin.ts';
import { SessionDispatcher, type DispatchedSession } from './session-dispatcher.ts';

/** Opens a dispatcher for each session. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #pins: PinCheck;
  readonly #sessions = new Set<SessionDispatcher>();
  #state: 'open' | 'closed' = 'open';

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#pins = new PinCheck(options.config.pin);
  }

  /** Opens the dispatcher of one session, until its `end()`. After `close()` it refuses every command. */
  open(session: DispatchedSession): SessionDispatcher {
    const dispatcher = new SessionDispatcher(session, {
      ...this.#options,
      pins: this.#pins,
      onIdle: () => this.#sessions.delete(dispatcher),
    });
    this.#sessions.add(dispatcher);
    if (this.#state === 'closed') void dispatcher.close();
    return dispatcher;
  }

  /** Stops every handler and refuses all further commands. Resolves when nothing is pending. Idempotent. */
  async close(): Promise<void> {
    this.#state = 'closed';
    await Promise.all([...this.#sessions].map((session) => session.close()));
  }
}
