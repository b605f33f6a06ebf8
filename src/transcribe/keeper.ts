import { HeedError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Engine } from './engine.ts';

/** What the keeper needs to know of a worker process. */
export interface KeptEngine extends Engine {
  readonly pid: number | undefined;
  /** Rejects if the worker ends before it can read. */
  readonly ready: Promise<void>;
  /** Resolves when the worker has ended, with the way in which it ended. */
  readonly exited: Promise<string>;
  /** Whether the worker has finished any reading. If none does, the workers may be in a crash loop. */
  readonly hasAnswered: boolean;
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
  /** No worker is running or being started, because all of them have crashed repeatedly. */
  onDown: (error: HeedError) => void;
  log: Log;
}

const firstBackoffMs = 250;
const maxBackoffMs = 30_000;

/**
 * Keeps a number of worker processes alive. A worker that ends is replaced at once. If its replacement ends too before
 * it has read anything, the next one is started after a wait, which grows each time.
 */
export class EngineKeeper {
  readonly #options: EngineKeeperOptions;
  readonly #engines = new Set<KeptEngine>();
  readonly #waits = new Set<NodeJS.Timeout>();
  #state: 'starting' | 'open' | 'closed' = 'starting';

  constructor(options: EngineKeeperOptions) {
    this.#options = options;
  }

  /** Resolves when every worker is ready. If one fails, ends all of them and then rejects with that first failure. */
  async start(): Promise<void> {
    const { count } = this.#options;
    const first = this.#spawn(0);
    try {
      if (typeof count === 'function') await first.ready;
      const wanted = typeof count === 'function' ? count(first) : count;
      const others = Array.from({ length: wanted - 1 }, () => this.#spawn(0));
      await Promise.all([first, ...others].map(({ ready }) => ready));
      if (this.#state === 'starting') this.#state = 'open';
      // A worker may have ended while others were still loading, when nothing replaces it yet.
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
    // A worker that fails to become ready also exits, which is handled below.
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
    // The first time, a worker that was ready is replaced without a wait.
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
