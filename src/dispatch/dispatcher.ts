import type { DispatcherOptions, JournalEntry } from './options.ts';
import { PinCheck } from './pin.ts';
import { SessionDispatcher, type DispatchedSession } from './session-dispatcher.ts';

/** Opens a dispatcher for each session, and keeps one journal for all of them. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #pins: PinCheck;
  readonly #sessions = new Set<SessionDispatcher>();
  readonly #journal: JournalEntry[] = [];
  #state: 'open' | 'closed' = 'open';

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#pins = new PinCheck(options.config.pin);
  }

  /** The last `dispatch.maxJournal` commands that were given, oldest first. */
  get journal(): readonly JournalEntry[] {
    return [...this.#journal];
  }

  /** Opens the dispatcher of one session, until its `end()`. After `close()` it refuses every command. */
  open(session: DispatchedSession): SessionDispatcher {
    const dispatcher = new SessionDispatcher(session, {
      ...this.#options,
      pins: this.#pins,
      onOutcome: (entry) => this.#remember(entry),
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

  #remember(entry: JournalEntry): void {
    this.#journal.push(entry);
    if (this.#journal.length > this.#options.config.maxJournal) this.#journal.shift();
  }
}
