import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HeedError } from '../../src/errors.ts';
import { EngineKeeper, type KeptEngine } from '../../src/transcribe/keeper.ts';

/** A worker that becomes ready and ends when it is told to. */
class FakeWorker implements KeptEngine {
  readonly pid = 1;
  readonly readers = 1;
  readonly isSilent = false;
  readonly gpuProblem = undefined;
  readonly backend: string = 'cpu';
  readonly device = '';
  readonly system = '';
  readonly multilingual = true;
  readonly ready: Promise<void>;
  readonly exited: Promise<string>;
  #hasEnded = false;
  getReady!: () => void;
  end!: (how: string) => Promise<void>;

  constructor(onExit: (engine: KeptEngine) => void) {
    let fail!: (error: Error) => void;
    this.ready = new Promise((resolve, reject) => {
      this.getReady = resolve;
      fail = reject;
    });
    this.exited = new Promise((resolve) => {
      this.end = async (how) => {
        if (this.#hasEnded) return;
        this.#hasEnded = true;
        onExit(this);
        fail(new HeedError('worker-lost', how));
        resolve(how);
        await settle();
      };
    });
  }

  openAudio(): never {
    throw new Error('not used');
  }
  read(): never {
    throw new Error('not used');
  }
  close(): Promise<void> {
    return this.end('closed');
  }
}

/** Waits until everything that follows from settled promises has happened. */
async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}

const workers: FakeWorker[] = [];
const told: string[] = [];
let keeper: EngineKeeper;

function keep(count: number): EngineKeeper {
  return new EngineKeeper({
    count,
    spawn: (onExit) => {
      const worker = new FakeWorker(onExit);
      workers.push(worker);
      return worker;
    },
    onJoin: (worker) => told.push(`join ${workers.indexOf(worker as FakeWorker)}`),
    onLeave: (worker) => told.push(`leave ${workers.indexOf(worker as FakeWorker)}`),
    onDown: ({ code }) => told.push(code),
    log: (line) => told.push(line),
  });
}

async function started(count: number): Promise<void> {
  keeper = keep(count);
  const start = keeper.start();
  for (const worker of workers) worker.getReady();
  await start;
  told.splice(0);
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(async () => {
  await keeper.close();
  workers.splice(0);
  told.splice(0);
  vi.useRealTimers();
});

test('is up when every worker is ready', async () => {
  keeper = keep(2);
  let isUp = false;
  const start = keeper.start().then(() => {
    isUp = true;
  });
  workers[0]!.getReady();
  await settle();
  expect([isUp, told]).toEqual([false, ['join 0']]);
  workers[1]!.getReady();
  await start;
  expect(told).toEqual(['join 0', 'join 1']);
});

test('does not come up when one cannot start: the first failure is reported, and the others are ended', async () => {
  keeper = keep(2);
  const start = keeper.start();
  workers[0]!.getReady();
  await settle();
  const failed = expect(start).rejects.toThrow('no model');
  await workers[1]!.end('no model');
  await failed;
  expect(told).toEqual(['join 0', 'leave 1', 'leave 0']);
  await vi.runAllTimersAsync();
  expect(workers).toHaveLength(2);
});

test('replaces a worker that ended while others were still loading', async () => {
  keeper = keep(2);
  const start = keeper.start();
  workers[0]!.getReady();
  await settle();
  await workers[0]!.end('killed');
  workers[1]!.getReady();
  await start;
  expect(workers).toHaveLength(3);
});

test('replaces a worker at once', async () => {
  await started(1);
  await workers[0]!.end('killed');
  expect(workers).toHaveLength(2);
  expect(told).toEqual(['leave 0', 'killed (process 1). It is replaced.']);
  workers[1]!.getReady();
  await settle();
  expect(told.at(-1)).toBe('join 1');
});

/** Ends the newest worker until ended ones are no longer replaced at once; returns how many it took. */
async function breakDown(): Promise<number> {
  for (let ends = 1; ; ends++) {
    const before = workers.length;
    workers.at(-1)!.getReady();
    await settle();
    await workers.at(-1)!.end('crash');
    if (workers.length === before) return ends;
  }
}

/** Ends workers before they can read, and returns how long each of the next ones was waited for, ms. */
async function waitsFor(tries: number): Promise<number[]> {
  const waits: number[] = [];
  for (let i = 0; i < tries; i++) {
    const before = Date.now();
    await vi.advanceTimersToNextTimerAsync();
    waits.push(Date.now() - before);
    await workers.at(-1)!.end('crash');
  }
  return waits;
}

test('stops replacing workers that keep ending: says so once, and tries one after waits that grow', async () => {
  await started(1);
  expect(await breakDown()).toBe(5);
  const lines = told.filter((line) => line.startsWith('Speech workers keep ending'));
  expect(lines).toEqual([expect.stringContaining('crash (process 1)')]);
  expect(told.at(-1)).toBe('native-failed');
  told.splice(0);
  expect(await waitsFor(7)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  expect(new Set(told.filter((line) => !line.startsWith('leave')))).toEqual(new Set(['native-failed']));
});

test('while none can read it starts one, and the others when that one can', async () => {
  await started(3);
  for (const ended of [0, 1, 2]) await workers[ended]!.end('killed');
  expect(workers).toHaveLength(5);
  await workers[3]!.end('killed');
  expect(workers).toHaveLength(5);
  workers[4]!.getReady();
  await settle();
  expect(workers).toHaveLength(7);
});

test('stops sooner when workers end before they can read', async () => {
  await started(2);
  await workers[0]!.end('crash');
  await workers[2]!.end('no memory');
  await workers[3]!.end('no memory');
  expect(workers).toHaveLength(5);
  await workers[4]!.end('no memory');
  expect(workers).toHaveLength(5);
  expect(told).not.toContain('native-failed');
  await workers[1]!.end('crash');
  expect(told.at(-1)).toBe('native-failed');
});

test('starts all workers again when the one that it tried has lasted', async () => {
  await started(2);
  await workers[0]!.end('crash');
  await workers[1]!.end('crash');
  for (const next of [2, 3, 4]) await workers[next]!.end('crash');
  await vi.advanceTimersToNextTimerAsync();
  expect(workers).toHaveLength(6);
  workers[5]!.getReady();
  await settle();
  expect(workers).toHaveLength(6);
  await vi.advanceTimersToNextTimerAsync();
  expect(workers).toHaveLength(7);
  expect(told.at(-1)).toContain('lasts again');
  workers[6]!.getReady();
  await settle();
  await workers[6]!.end('killed');
  expect(told.at(-1)).toBe('killed (process 1). It is replaced.');
});

test('a worker that is tried and ends before it has lasted makes the next wait longer', async () => {
  await started(1);
  await breakDown();
  await vi.advanceTimersToNextTimerAsync();
  workers.at(-1)!.getReady();
  await settle();
  await workers.at(-1)!.end('crash');
  expect(await waitsFor(1)).toEqual([2_000]);
});

test('workers that end now and then are replaced at once for ever', async () => {
  await started(1);
  for (let i = 0; i < 20; i++) {
    workers[i]!.getReady();
    await settle();
    await workers[i]!.end('killed');
    expect(workers).toHaveLength(i + 2);
    await vi.advanceTimersByTimeAsync(10_000);
  }
});

test('starts nothing after close', async () => {
  await started(1);
  await breakDown();
  const { length } = workers;
  await keeper.close();
  await vi.runAllTimersAsync();
  expect(workers).toHaveLength(length);
});
