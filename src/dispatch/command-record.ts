import { randomUUID } from 'node:crypto';
import type { GivenEntry, Journal } from '../journal/index.ts';
import type { Log } from '../log.ts';
import type { CommandOutcome } from '../types.ts';

/** What a record needs. */
export interface RecordOptions {
  journal: Journal;
  log: Log;
  /** How long a command may wait for the journal, ms. */
  maxAgeMs: number;
}

/** The entry of one command in the journal. A command runs even if its entry cannot be written; the log says so. */
export class CommandRecord {
  /** The key of the command, which is different from that of every other command. */
  readonly key: string;
  readonly #options: RecordOptions;
  readonly #entry: GivenEntry;
  #state: 'new' | 'begun';

  /** @param options `isPlanned`: whether the journal has the command already, as one that is to run later */
  constructor(options: RecordOptions & { isPlanned?: boolean }, entry: GivenEntry) {
    this.#options = options;
    this.#state = options.isPlanned === true ? 'begun' : 'new';
    this.#entry = entry;
    this.key = entry.key;
  }

  /** Writes that the handler is about to start. Resolves to the reason against that, if there is one. */
  async begin(): Promise<string | undefined> {
    const { journal, maxAgeMs } = this.#options;
    const before = [performance.now(), Date.now()] as const;
    const isNew = await this.#write(journal.begin(this.#entry), true);
    if (!isNew) return 'This has already been acted on.';
    this.#state = 'begun';
    // The monotonic clock stands still while the machine sleeps, and the other one may be set.
    const waitedMs = Math.max(performance.now() - before[0], Date.now() - before[1]);
    return waitedMs > maxAgeMs
      ? `The journal took ${(waitedMs / 1000).toFixed(1)} s, which is too long; please say it again.`
      : undefined;
  }

  /** Writes how the command has ended. */
  async end(outcome: CommandOutcome): Promise<void> {
    const { journal } = this.#options;
    if (this.#state === 'begun') await this.#write(journal.end(this.key, outcome), undefined);
    // A command that did not begin leaves its key to the one that has begun with it, or will.
    else await this.#write(journal.add({ ...this.#entry, key: randomUUID() }, outcome), undefined);
  }

  #write<T>(writing: Promise<T>, otherwise: T): Promise<T> {
    return writing.catch((error: unknown) => {
      this.#options.log(`The journal cannot be written: ${(error as Error).message}`, { level: 'error' });
      return otherwise;
    });
  }
}
