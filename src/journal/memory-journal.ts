import type { CommandOutcome } from '../types.ts';
import {
  isOpen,
  statusOf,
  unplanned,
  type GivenEntry,
  type Journal,
  type JournalEntry,
  type PlannedEntry,
  type TimeSpan,
  type UnplannedStatus,
} from './entry.ts';

/** A journal that ends with the process. */
export class MemoryJournal implements Journal {
  readonly isKept = false;
  readonly #max: number;
  readonly #entries = new Map<string, JournalEntry>();

  /** @param max how many entries are kept */
  constructor(max: number) {
    this.#max = max;
  }

  async plan(entry: PlannedEntry): Promise<void> {
    this.#write({ ...entry, time: new Date().toISOString(), status: 'planned' });
  }

  async unplan(key: string, status: UnplannedStatus, reason: string): Promise<boolean> {
    const entry = this.#entries.get(key);
    if (entry?.status !== 'planned') return false;
    Object.assign(entry, { status, outcome: unplanned(reason) });
    return true;
  }

  async takePlanned(): Promise<PlannedEntry[]> {
    return [];
  }

  async begin(entry: GivenEntry): Promise<boolean> {
    const known = this.#entries.get(entry.key);
    if (known?.status === 'planned') {
      known.status = 'running';
      return true;
    }
    if (known) return false;
    this.#write({ ...entry, time: new Date().toISOString(), status: 'running' });
    return true;
  }

  async end(key: string, outcome: CommandOutcome): Promise<void> {
    const entry = this.#entries.get(key);
    if (entry) Object.assign(entry, { status: statusOf(outcome), outcome });
  }

  async add(entry: GivenEntry, outcome: CommandOutcome): Promise<void> {
    this.#write({ ...entry, time: new Date().toISOString(), status: statusOf(outcome), outcome });
  }

  async list({ fromMs = -Infinity, untilMs = Infinity }: TimeSpan = {}): Promise<JournalEntry[]> {
    return [...this.#entries.values()].filter(({ time }) => {
      const timeMs = Date.parse(time);
      return timeMs >= fromMs && timeMs < untilMs;
    });
  }

  async purge(span: TimeSpan = {}): Promise<number> {
    const gone = (await this.list(span)).filter(({ status }) => !isOpen(status));
    for (const { key } of gone) this.#entries.delete(key);
    return gone.length;
  }

  async close(): Promise<void> {
    // There is nothing to write.
  }

  #write(entry: JournalEntry): void {
    this.#entries.set(entry.key, entry);
    if (this.#entries.size <= this.#max) return;
    for (const { key, status } of this.#entries.values()) {
      if (isOpen(status)) continue;
      this.#entries.delete(key);
      return;
    }
  }
}
