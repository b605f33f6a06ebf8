// The worker thread of the voice activity model. A run blocks its thread, so the model has one of its own.
import { parentPort, workerData } from 'node:worker_threads';
import { asHeedError, type ErrorCode } from '../errors.ts';
import { giveWay } from '../platform/background-thread.ts';
import { createModelRunner, type ModelRunner, type FrameBatch } from './model-runner.ts';
import { readModel, type EngineName } from './model-file.ts';
import type { Thresholds } from './frame-verdict.ts';
import { RunGuard } from './run-guard.ts';

/** What the thread is started with. */
export interface VadWorkerData {
  engine: EngineName;
  /** The thresholds, and the most that soft speech is raised. */
  options: Thresholds & { maxGainDb: number };
  guard: Int32Array;
  /** Whether the thread gives way to all others. */
  givesWay: boolean;
}

/** Frames to process, a stream that is over, or the end. */
export type VadRequest = { type: 'hear'; batch: FrameBatch } | { type: 'forget'; stream: number } | { type: 'stop' };

/** The model is loaded; a batch is processed; the batch, or the loading, failed. */
export type VadReply =
  | { type: 'ready' }
  | { type: 'heard'; probabilities: Float32Array }
  | { type: 'failed'; code: ErrorCode; message: string };

const port = parentPort!;
const { engine: name, options, guard: cells, givesWay } = workerData as VadWorkerData;
if (givesWay) giveWay();
const guard = new RunGuard(cells);

function reply(message: VadReply, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

async function handle(runner: ModelRunner, request: VadRequest): Promise<void> {
  switch (request.type) {
    case 'hear': {
      const probabilities = await guard.during(() => runner.run(request.batch));
      if (probabilities) reply({ type: 'heard', probabilities }, [probabilities.buffer as ArrayBuffer]);
      break;
    }
    case 'forget':
      runner.forget(request.stream);
      break;
    case 'stop':
      port.close();
      await runner.release();
      break;
  }
}

function fail(error: unknown): void {
  const { code, message } = asHeedError(error);
  reply({ type: 'failed', code: code === 'internal' ? 'native-failed' : code, message });
}

try {
  const runner = await guard.during(() => createModelRunner(name, readModel(name), options));
  if (runner) {
    let tail = Promise.resolve();
    port.on('message', (request: VadRequest) => {
      tail = tail.then(() => handle(runner, request)).catch(fail);
    });
    reply({ type: 'ready' });
  }
} catch (error) {
  fail(error);
}
