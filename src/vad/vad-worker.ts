// The worker thread of the voice activity model: its runs block their thread, so they have one of their own.
import { parentPort, workerData } from 'node:worker_threads';
import { asHeedError, type ErrorCode } from '../errors.ts';
import { createModelRunner, type ModelRunner, type FrameBatch } from './model-runner.ts';
import { readModel, type EngineName } from './model-file.ts';
import type { Thresholds } from './frame-verdict.ts';
import { RunGuard } from './run-guard.ts';

/** What the thread starts with. */
export interface VadWorkerData {
  engine: EngineName;
  /** Thresholds, and the most that soft speech is raised. */
  options: Thresholds & { maxGainDb: number };
  guard: Int32Array;
}

/** Frames to hear, streams that are over, the end. */
export type VadRequest = { type: 'hear'; batch: FrameBatch } | { type: 'forget'; stream: number } | { type: 'stop' };

/** The model is loaded; a batch is heard; the batch, or the loading, failed. */
export type VadReply =
  | { type: 'ready' }
  | { type: 'heard'; probabilities: Float32Array }
  | { type: 'failed'; code: ErrorCode; message: string };

const port = parentPort!;
const { engine: name, options, guard: cells } = workerData as VadWorkerData;
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
