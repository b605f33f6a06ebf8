import type { DispatcherOptions, JournalEntry } from './options.ts';
import { SessionDispatcher, type DispatchedSession } from './session-dispatcher.ts';

/** Opens the way to the handlers for each session, and keeps the journal of all of them. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #sessions = new Set<SessionDispatcher>();
  readonly #journal: JournalEntry[] = [];
  #state: 'open' | 'closed' = 'open';

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** The commands that came, oldest first; the last `dispatch.maxJournal` of them. */
  get journal(): readonly JournalEntry[] {
    return [...this.#journal];
  }

  /** Opens the way to the handlers for one session, until its `end()`. After `close()` everything is refused. */
  open(session: DispatchedSession): SessionDispatcher {
    const dispatcher = new SessionDispatcher(session, {
      ...this.#options,
      onOutcome: (entry) => this.#remember(entry),
      onIdle: () => this.#sessions.delete(dispatcher),
    });
    this.#sessions.add(dispatcher);
    if (this.#state === 'closed') void dispatcher.close();
    return dispatcher;
  }

  /** Stops what runs and refuses everything after; resolves when nothing is pending any more. Idempotent. */
  async close(): Promise<void> {
    this.#state = 'closed';
    await Promise.all([...this.#sessions].map((session) => session.close()));
  }

  #remember(entry: JournalEntry): void {
    this.#journal.push(entry);
    if (this.#journal.length > this.#options.config.maxJournal) this.#journal.shift();
  }
}
