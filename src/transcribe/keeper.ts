import { HeedError } from '../errors.ts';
import type { Log } from '../log.ts';
import { letGiveWay } from '../platform/background-thread.ts';
import { Breaker } from './breaker.ts';
import type { Engine } from './engine.ts';

/** What the keeper needs to know of a worker process. */
export interface KeptEngine extends Engine {
  readonly pid: number | undefined;
  /** Rejects if the worker ends before it can read. */
  readonly ready: Promise<void>;
  /** Resolves when the worker has ended, with the way in which it ended. */
  readonly exited: Promise<string>;
}

/** How the keeper starts workers, and how it reports what becomes of them. */
export interface EngineKeeperOptions {
  /** How many workers to keep. A function is called once the first worker is ready, and decides then. */
  count: number | ((first: KeptEngine) => number);
  /** Starts a worker, which must call `onExit` when it has ended, before it rejects its readings. */
  spawn: (onExit: (engine: KeptEngine) => void) => KeptEngine;
  /** A worker is ready. */
  onJoin: (engine: KeptEngine) => void;
  /** A worker has ended; its readings are rejected next. */
  onLeave: (engine: KeptEngine) => void;
  /** No worker is running or being started, because they have kept ending. */
  onDown: (error: HeedError) => void;
  log: Log;
}

/** How long a worker that was tried must last, after it could read, before the others are started again, ms. */
const trialMs = 3_000;

/**
 * Keeps a number of worker processes alive. A worker that ends is replaced at once. If they keep ending, a breaker
 * opens: then a single one is tried after a wait, which grows each time, and the others follow when it has lasted.
 */
export class EngineKeeper {
  readonly #options: EngineKeeperOptions;
  /** Those that are starting too. */
  readonly #engines = new Set<KeptEngine>();
  readonly #readers = new Set<KeptEngine>();
  #breaker = new Breaker(1);
  #wanted = 1;
  /** The wait before the next try, or the trial of the worker that is being tried. */
  #timer: NodeJS.Timeout | undefined;
  /** The worker that is being tried. */
  #trial: KeptEngine | undefined;
  #state: 'starting' | 'open' | 'closed' = 'starting';
  #givesWay = false;

  constructor(options: EngineKeeperOptions) {
    this.#options = options;
  }

  /** Resolves when every worker is ready. If one fails, ends all of them and then rejects with that first failure. */
  async start(): Promise<void> {
    const { count } = this.#options;
    const first = this.#spawn();
    try {
      if (typeof count === 'function') await first.ready;
      this.#wanted = typeof count === 'function' ? count(first) : count;
      this.#breaker = new Breaker(this.#wanted);
      const others = Array.from({ length: this.#wanted - 1 }, () => this.#spawn());
      await Promise.all([first, ...others].map(({ ready }) => ready));
      if (this.#state === 'starting') this.#state = 'open';
      // A worker may have ended while others were still loading, when nothing replaces it yet.
      this.#fill();
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Lowers the priority of all workers, those that come later too. It cannot be raised again. */
  giveWay(): void {
    if (this.#givesWay) return;
    this.#givesWay = true;
    for (const { pid } of this.#engines) if (pid !== undefined) letGiveWay(pid);
  }

  /** Ends every worker and starts no more. Idempotent. */
  async close(): Promise<void> {
    this.#state = 'closed';
    clearTimeout(this.#timer);
    await Promise.all([...this.#engines].map((engine) => engine.close()));
  }

  /** While none can read, a single one is started, because on a busy machine each makes the other ones late. */
  #fill(): void {
    const wanted = this.#readers.size === 0 ? 1 : this.#wanted;
    while (this.#engines.size < wanted) this.#spawn();
  }

  #spawn(): KeptEngine {
    const engine = this.#options.spawn(this.#options.onLeave);
    this.#engines.add(engine);
    if (this.#givesWay && engine.pid !== undefined) letGiveWay(engine.pid);
    // A worker that fails to become ready also exits, which is handled below.
    const couldRead = engine.ready.then(
      () => {
        this.#readers.add(engine);
        this.#options.onJoin(engine);
        if (engine === this.#trial) this.#timer = setTimeout(() => this.#hasLasted(), trialMs).unref();
        else if (this.#state === 'open' && !this.#breaker.isOpen) this.#fill();
        return true;
      },
      () => false,
    );
    void engine.exited.then(async (how) => this.#replace(engine, { how, couldRead: await couldRead }));
    return engine;
  }

  #replace(engine: KeptEngine, { how, couldRead }: { how: string; couldRead: boolean }): void {
    this.#engines.delete(engine);
    this.#readers.delete(engine);
    if (this.#state !== 'open') return;
    const wasOpen = this.#breaker.isOpen;
    if (engine === this.#trial) {
      this.#trial = undefined;
      clearTimeout(this.#timer);
    } else if (wasOpen) {
      // The next try has been arranged already.
      if (this.#engines.size === 0) this.#options.onDown(downError(how));
      return;
    }
    const waitMs = this.#breaker.ended(couldRead);
    if (waitMs === 0) {
      this.#options.log(`${how} (process ${engine.pid}). It is replaced.`);
      this.#fill();
      return;
    }
    if (!wasOpen)
      this.#options.log(
        `Speech workers keep ending; the last one: ${how} (process ${engine.pid}). ` +
          `From now on one at a time is tried, first in ${waitMs} ms and then less and less often.`,
        { level: 'error' },
      );
    this.#timer = setTimeout(() => {
      this.#trial = this.#spawn();
    }, waitMs).unref();
    if (this.#engines.size === 0) this.#options.onDown(downError(how));
  }

  #hasLasted(): void {
    this.#trial = undefined;
    this.#breaker.close();
    this.#options.log('A speech worker lasts again, and the others are started.');
    this.#fill();
  }
}

function downError(how: string): HeedError {
  return new HeedError(
    'native-failed',
    `Nothing can be read now, because speech workers keep ending; one is tried again soon. Last: ${how}.`,
  );
}
