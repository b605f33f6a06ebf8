import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { HeedError, type ErrorCode } from '../errors.ts';
import type { ChildModule } from './child-module.ts';
import { RunGuard } from './run-guard.ts';

/** What a thread does when it is asked to, by name. */
export type Tasks = Record<string, (...values: never[]) => unknown>;

/** A task for the thread. Instead of one, `undefined` is the end. */
export interface AskedTask {
  id: number;
  name: string;
  values: unknown[];
}

/** The id of loading what the tasks need. */
export const loading = 0;

/** What a task resulted in. */
export type TaskReply = { id: number } & ({ result: unknown } | { failure: { code: ErrorCode; message: string } });

interface Job {
  resolve: (result: unknown) => void;
  reject: (error: HeedError) => void;
}

/** How a thread is started. */
export interface AskedThreadOptions {
  /** A module that calls `serveTasks`. */
  module: ChildModule;
  /** What it is started with. */
  data: object;
  /** The thread's name at the beginning of a sentence, and what is to be done when it has ended. */
  what: string;
  advice: string;
}

/** A worker thread that loads something and then does one task after the other. When it is lost, it stays so. */
export class AskedThread<T extends Tasks> {
  /** Settles when the thread has loaded what it needs, or cannot. */
  readonly loaded: Promise<void>;
  /** Resolves with the reason when the thread has ended, or was closed. */
  readonly ended: Promise<HeedError>;
  readonly #options: AskedThreadOptions;
  readonly #worker: Worker;
  readonly #exited: Promise<unknown>;
  readonly #guard = new RunGuard();
  readonly #onExit = () => this.#guard.stop();
  readonly #jobs = new Map<number, Job>();
  #nextId = loading;
  #failure: HeedError | undefined;
  #tellEnd: (reason: HeedError) => void = () => undefined;

  constructor(options: AskedThreadOptions) {
    this.#options = options;
    const { path, execArgv } = options.module;
    this.#worker = new Worker(path, { execArgv, workerData: { ...options.data, guard: this.#guard.cells } });
    this.#exited = once(this.#worker, 'exit').catch(() => undefined);
    this.ended = new Promise((resolve) => (this.#tellEnd = resolve));
    process.on('exit', this.#onExit);
    this.#worker.on('message', (reply: TaskReply) => this.#take(reply));
    this.#worker.on('error', (error) => this.#end(this.#lost(error)));
    this.#worker.once('exit', () => {
      process.off('exit', this.#onExit);
      this.#end(this.#lost());
    });
    this.loaded = this.#wait();
  }

  /** Why nothing more is done; undefined while it is. */
  get failure(): HeedError | undefined {
    return this.#failure;
  }

  /**
   * Does a task after those before it; while it waits, the process does not end. Rejects with what the task fails with,
   * or with why the thread has ended.
   */
  ask<K extends keyof T & string>(
    name: K,
    values: Parameters<T[K]>,
    transfer: ArrayBuffer[] = [],
  ): Promise<Awaited<ReturnType<T[K]>>> {
    if (this.#failure) return Promise.reject(this.#failure);
    this.#worker.postMessage({ id: this.#nextId, name, values } satisfies AskedTask, transfer);
    return this.#wait();
  }

  /** Ends the thread after its current task, because ending it in native code would abort the process. Idempotent. */
  async close(): Promise<void> {
    if (!this.#failure) {
      this.#end(new HeedError('closed', `${this.#options.what} was closed before.`));
      this.#worker.postMessage(undefined);
      this.#worker.ref();
    }
    await this.#exited;
  }

  #wait<R>(): Promise<R> {
    const id = this.#nextId++;
    this.#worker.ref();
    return new Promise<R>((resolve, reject) =>
      this.#jobs.set(id, { resolve: resolve as (result: unknown) => void, reject }),
    );
  }

  #take(reply: TaskReply): void {
    const job = this.#jobs.get(reply.id);
    this.#jobs.delete(reply.id);
    if ('failure' in reply) {
      const error = new HeedError(reply.failure.code, reply.failure.message);
      job?.reject(error);
      if (reply.id === loading) this.#end(error);
    } else job?.resolve(reply.result);
    // An idle thread does not keep the process alive.
    if (this.#jobs.size === 0 && !this.#failure) this.#worker.unref();
  }

  #end(error: HeedError): void {
    this.#failure ??= error;
    this.#tellEnd(this.#failure);
    for (const { reject } of this.#jobs.values()) reject(this.#failure);
    this.#jobs.clear();
  }

  #lost(cause?: unknown): HeedError {
    const { what, advice } = this.#options;
    const reason = cause instanceof Error ? `: ${cause.message}` : '';
    return new HeedError('native-failed', `${what} ended${reason}. ${advice}`, { cause });
  }
}
