import { Worker } from 'node:worker_threads';
import { HeedError } from '../errors.ts';
import { childModule } from '../platform/child-module.ts';
import type { CommandOutcome } from '../types.ts';
import type { GivenEntry, Journal, JournalEntry, PlannedEntry, TimeSpan, UnplannedStatus } from './entry.ts';
import type { JournalFileOptions } from './journal-file.ts';
import type { JournalMethod, JournalReply, JournalRequest } from './journal-worker.ts';

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** A journal file in a thread of its own. An idle one does not keep the process alive. */
export class JournalThread implements Journal {
  readonly isKept = true;
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #nextId = 0;
  #ended: Error | undefined;

  constructor(options: JournalFileOptions) {
    const { path, execArgv } = childModule('./journal-worker', import.meta.url);
    this.#worker = new Worker(path, { execArgv, workerData: options });
    this.#worker
      .on('message', (reply: JournalReply) => this.#receive(reply))
      .on('error', (error) => this.#fail(error))
      .on('exit', () => this.#fail(new HeedError('closed', 'The journal is closed.')));
  }

  /** See `JournalFile.takeUnknown`. Rejects when the file cannot be opened. */
  takeUnknown(): Promise<JournalEntry[]> {
    return this.#ask<JournalEntry[]>('takeUnknown');
  }

  async plan(entry: PlannedEntry): Promise<void> {
    await this.#ask('plan', entry);
  }

  unplan(key: string, status: UnplannedStatus, reason: string): Promise<boolean> {
    return this.#ask<boolean>('unplan', key, status, reason);
  }

  takePlanned(): Promise<PlannedEntry[]> {
    return this.#ask<PlannedEntry[]>('takePlanned');
  }

  begin(entry: GivenEntry): Promise<boolean> {
    return this.#ask<boolean>('begin', entry);
  }

  async end(key: string, outcome: CommandOutcome): Promise<void> {
    await this.#ask('end', key, outcome);
  }

  async add(entry: GivenEntry, outcome: CommandOutcome): Promise<void> {
    await this.#ask('add', entry, outcome);
  }

  list(span: TimeSpan = {}): Promise<JournalEntry[]> {
    return this.#ask<JournalEntry[]>('list', span);
  }

  purge(span: TimeSpan = {}): Promise<number> {
    return this.#ask<number>('purge', span);
  }

  async close(): Promise<void> {
    if (this.#ended) return;
    await this.#ask('close').catch(() => undefined);
    await this.#worker.terminate();
  }

  #ask<T>(method: JournalMethod, ...args: readonly unknown[]): Promise<T> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = this.#nextId++;
    this.#worker.ref();
    this.#worker.postMessage({ id, method, args } satisfies JournalRequest);
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as Pending['resolve'], reject });
    });
  }

  #receive(reply: JournalReply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (this.#pending.size === 0) this.#worker.unref();
    if ('error' in reply) pending?.reject(new Error(reply.error));
    else pending?.resolve(reply.value);
  }

  #fail(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#pending.values()) reject(this.#ended);
    this.#pending.clear();
  }
}
