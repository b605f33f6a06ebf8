// The worker thread of the voice activity model. A run blocks its thread, so the model has one of its own.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { asHeedError, type ErrorCode } from '../errors.ts';
import { giveWay } from '../platform/background-thread.ts';
import { FrameExchange } from './frame-exchange.ts';
import { createModelRunner, type FrameBatch, type ModelRunner } from './model-runner.ts';
import { readModel, type EngineName } from './model-file.ts';
import type { Thresholds } from './frame-verdict.ts';
import { RunGuard } from '../platform/run-guard.ts';

/** What the thread is started with. */
export interface VadWorkerData {
  engine: EngineName;
  /** The thresholds, and the most that soft speech is raised. */
  options: Thresholds & { maxGainDb: number };
  guard: Int32Array;
  /** The memory in which frames and probabilities are exchanged. */
  exchange: SharedArrayBuffer;
  /** Whether the thread gives way to all others. */
  givesWay: boolean;
}

/** A stream that is over, or the end. Frames come through the exchange. */
export type VadRequest = { type: 'forget'; stream: number } | { type: 'stop' };

/** The model is loaded; or the loading, or a batch, failed. */
export type VadReply = { type: 'ready' } | { type: 'failed'; code: ErrorCode; message: string };

const port = parentPort!;
const { engine: name, options, guard: cells, exchange: memory, givesWay } = workerData as VadWorkerData;
if (givesWay) giveWay();
const guard = new RunGuard(cells);
const exchange = new FrameExchange(memory);

function reply(message: VadReply): void {
  port.postMessage(message);
}

/** Does what is asked for, batch by batch, until the end. A stream is over only after its last frames. */
async function serve(runner: ModelRunner): Promise<void> {
  for (;;) {
    const { batch, messages } = exchange.wait();
    if (batch) await hear(runner, batch);
    if (!messages) continue;
    for (let request = nextRequest(); request; request = nextRequest()) {
      if (request.type === 'stop') return runner.release();
      runner.forget(request.stream);
    }
  }
}

async function hear(runner: ModelRunner, batch: FrameBatch): Promise<void> {
  try {
    const probabilities = await guard.during(() => runner.run(batch));
    if (probabilities) exchange.answer(probabilities);
  } catch (error) {
    fail(error);
    exchange.answer(undefined);
  }
}

function nextRequest(): VadRequest | undefined {
  return receiveMessageOnPort(port)?.message as VadRequest | undefined;
}

function fail(error: unknown): void {
  const { code, message } = asHeedError(error);
  reply({ type: 'failed', code: code === 'internal' ? 'native-failed' : code, message });
}

try {
  const runner = await guard.during(() => createModelRunner(name, readModel(name), options));
  if (runner) {
    reply({ type: 'ready' });
    await serve(runner);
  }
} catch (error) {
  fail(error);
}
