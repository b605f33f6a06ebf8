import { HeedError } from '../errors.ts';
import type { Engine } from './engine.ts';

/** A worker process, as far as the keeper is concerned. */
export interface KeptEngine extends Engine {
  readonly pid: number | undefined;
  /** Rejects when it ends before it can read. */
  readonly ready: Promise<void>;
  /** Resolves when it has ended, with how it did. */
  readonly exited: Promise<string>;
  /** Whether it has done any reading; one that has not may be one of a crash loop. */
  readonly hasAnswered: boolean;
}

/** What the keeper starts, and whom it tells. */
export interface EngineKeeperOptions {
  /** Workers to keep; a function decides once the first one is ready. */
  count: number | ((first: KeptEngine) => number);
  /** `onExit` is to be called when the worker has ended, before its readings are rejected. */
  spawn: (onExit: (engine: KeptEngine) => void) => KeptEngine;
  /** A worker is ready. */
  onJoin: (engine: KeptEngine) => void;
  /** A worker has ended; its readings are rejected next. */
  onLeave: (engine: KeptEngine) => void;
  /** No worker is there and none is being started: a crash loop. */
  onDown: (error: HeedError) => void;
  log: (line: string) => void;
}

const firstBackoffMs = 250;
const maxBackoffMs = 30_000;

/**
 * Keeps a number of worker processes alive: one that ends is replaced at once, one that ends again before it has read
 * anything after a growing wait.
 */
export class EngineKeeper {
  readonly #options: EngineKeeperOptions;
  readonly #engines = new Set<KeptEngine>();
  readonly #waits = new Set<NodeJS.Timeout>();
  #state: 'starting' | 'open' | 'closed' = 'starting';

  constructor(options: EngineKeeperOptions) {
    this.#options = options;
  }

  /** Resolves when every worker is ready; rejects with the first failure, when all have ended. */
  async start(): Promise<void> {
    const { count } = this.#options;
    const first = this.#spawn(0);
    try {
      if (typeof count === 'function') await first.ready;
      const wanted = typeof count === 'function' ? count(first) : count;
      const others = Array.from({ length: wanted - 1 }, () => this.#spawn(0));
      await Promise.all([first, ...others].map(({ ready }) => ready));
      if (this.#state === 'starting') this.#state = 'open';
      // One may have ended while others were still loading.
      while (this.#engines.size < wanted) this.#spawn(0);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Ends every worker and starts no more. Idempotent. */
  async close(): Promise<void> {
    this.#state = 'closed';
    for (const wait of this.#waits) clearTimeout(wait);
    this.#waits.clear();
    await Promise.all([...this.#engines].map((engine) => engine.close()));
  }

  #spawn(failures: number): KeptEngine {
    const engine = this.#options.spawn(this.#options.onLeave);
    this.#engines.add(engine);
    // A failure to get ready is seen below as an exit.
    const isReady = engine.ready.then(
      () => {
        this.#options.onJoin(engine);
        return true;
      },
      () => false,
    );
    void engine.exited.then(async (how) => this.#replace(engine, { how, failures, isReady: await isReady }));
    return engine;
  }

  #replace(engine: KeptEngine, { how, failures, isReady }: { how: string; failures: number; isReady: boolean }): void {
    this.#engines.delete(engine);
    if (this.#state !== 'open') return;
    const inARow = engine.hasAnswered ? 1 : failures + 1;
    // One that was ready is replaced at once, the first time.
    const waitMs = inARow === 1 && isReady ? 0 : Math.min(maxBackoffMs, firstBackoffMs * 2 ** (inARow - 1));
    this.#options.log(
      `${how} (process ${engine.pid}). ${waitMs === 0 ? 'It is replaced.' : `Next try in ${waitMs} ms.`}`,
    );
    if (waitMs === 0) {
      this.#spawn(inARow);
      return;
    }
    const wait = setTimeout(() => {
      this.#waits.delete(wait);
      this.#spawn(inARow);
    }, waitMs).unref();
    this.#waits.add(wait);
    if (this.#engines.size === 0) {
      this.#options.onDown(
        new HeedError(
          'native-failed',
          `Every speech worker ended ${inARow} times in a row. Last: ${how}. ` +
            `Next try in ${waitMs} ms; heed doctor says more.`,
        ),
      );
    }
  }
}
