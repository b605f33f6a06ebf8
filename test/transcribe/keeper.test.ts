import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HeedError } from '../../src/errors.ts';
import { EngineKeeper, type KeptEngine } from '../../src/transcribe/keeper.ts';

/** A worker that becomes ready and ends when it is told to. */
class FakeWorker implements KeptEngine {
  readonly pid = 1;
  readonly readers = 1;
  readonly gpuProblem = undefined;
  readonly backend: string = 'cpu';
  readonly device = '';
  readonly system = '';
  readonly multilingual = true;
  readonly ready: Promise<void>;
  readonly exited: Promise<string>;
  hasAnswered = false;
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
  workers[0]!.hasAnswered = true;
  await workers[0]!.end('killed');
  expect(workers).toHaveLength(2);
  expect(told).toEqual(['leave 0', 'killed (process 1). It is replaced.']);
  workers[1]!.getReady();
  await settle();
  expect(told.at(-1)).toBe('join 1');
});

test('waits ever longer, up to half a minute, when workers end without a reading, and reports it', async () => {
  await started(1);
  await workers[0]!.end('crash');
  const waits: number[] = [];
  for (let i = 1; i < 12; i++) {
    await workers[i]!.end('crash');
    expect(told.at(-1)).toBe('native-failed');
    const before = Date.now();
    await vi.advanceTimersToNextTimerAsync();
    waits.push(Date.now() - before);
  }
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000, 30_000]);
});

test('does not report a crash loop while another worker is alive', async () => {
  await started(2);
  await workers[0]!.end('crash');
  await workers[2]!.end('crash');
  expect(told).not.toContain('native-failed');
});

test('forgets earlier ends when a worker has read something', async () => {
  await started(1);
  for (let i = 0; i < 5; i++) {
    workers[i]!.getReady();
    workers[i]!.hasAnswered = true;
    await settle();
    await workers[i]!.end('killed');
    expect(workers).toHaveLength(i + 2);
  }
});

test('starts nothing after close', async () => {
  await started(1);
  await workers[0]!.end('crash');
  await workers[1]!.end('crash');
  await keeper.close();
  await vi.runAllTimersAsync();
  expect(workers).toHaveLength(2);
});
