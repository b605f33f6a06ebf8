import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { childModule } from '../platform/child-module.ts';
import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { frameSamples, type AudioFrame } from '../types.ts';
import { RunGuard } from '../platform/run-guard.ts';
import { FrameExchange, maxBatchFrames } from './frame-exchange.ts';
import type { VadReply, VadRequest, VadWorkerData } from './vad-worker.ts';
import type { VadStream } from './vad-stream.ts';

/** How many frames of one stream may wait: 2 s. */
const maxWaitingFrames = 64;

/** How long each measurement of the model's response time lasts, ms. */
const timingMs = 2_000;

/** A frame on its way to the model, and the caller that waits for its probability. */
interface Waiting {
  stream: OpenStream;
  samples: Float32Array;
  /** When the frame was sent, ms, if its response is timed. */
  timedFromMs: number | undefined;
  resolve: (probability: number) => void;
  reject: (error: HeedError) => void;
}

interface OpenStream {
  id: number;
  waitingFrames: number;
  isOpen: boolean;
}

/**
 * The process's side of the model's thread. One batch is with the thread at a time; the frames that come meanwhile make
 * up the next batch, so that batches grow with the load.
 */
export class VadThread {
  /** Settles when the model is loaded, or cannot be. */
  readonly loaded: Promise<void>;
  readonly #worker: Worker;
  readonly #exited: Promise<unknown>;
  readonly #guard = new RunGuard();
  readonly #exchange = new FrameExchange();
  readonly #onExit = () => this.#guard.stop();
  #waiting: Waiting[] = [];
  #running: Waiting[] = [];
  #isSendPlanned = false;
  #nextStream = 1;
  /** The response times since `startMs`, and the mean of those in the 2 s before. */
  readonly #timing = { startMs: performance.now(), sumMs: 0, count: 0, meanMs: 0 };
  /** Why no more frames are taken. */
  #ended: HeedError | undefined;

  /** @param givesWay whether the thread gives way to all others, as one for whole files does */
  constructor(config: Config['vad'], { givesWay = false } = {}) {
    // onnxruntime reads this variable when it is loaded; without it, it would report its use to its maker.
    process.env['ORT_DISABLE_TELEMETRY'] = '1';
    const { path, execArgv } = childModule('./vad-worker', import.meta.url);
    const { engine, positiveThreshold, negativeThreshold, maxGainDb } = config;
    const workerData: VadWorkerData = {
      engine,
      options: { positiveThreshold, negativeThreshold, maxGainDb },
      guard: this.#guard.cells,
      exchange: this.#exchange.memory,
      givesWay,
    };
    this.#worker = new Worker(path, { execArgv, workerData });
    this.#exited = once(this.#worker, 'exit');
    process.on('exit', this.#onExit);
    this.loaded = this.#load();
  }

  get answerMs(): number {
    return performance.now() - this.#timing.startMs > 2 * timingMs ? 0 : this.#timing.meanMs;
  }

  get failure(): HeedError | undefined {
    return this.#ended;
  }

  openStream(): VadStream {
    if (this.#ended) throw this.#ended;
    const stream: OpenStream = { id: this.#nextStream++, waitingFrames: 0, isOpen: true };
    return {
      probability: (frame) => this.#ask(stream, frame),
      close: () => {
        if (!stream.isOpen) return;
        stream.isOpen = false;
        this.#reject(closed('stream'), (waiting) => waiting.stream === stream);
        if (!this.#ended) this.#post({ type: 'forget', stream: stream.id });
      },
    };
  }

  /** The thread stops by itself, because ending it inside a run would abort the process. */
  async close(): Promise<void> {
    if (!this.#ended) {
      this.#end(closed('voice activity model'));
      this.#post({ type: 'stop' });
      this.#worker.ref();
    }
    await this.#exited;
  }

  async #load(): Promise<void> {
    this.#worker.once('error', (error) => this.#end(lost(error)));
    this.#worker.once('exit', () => {
      process.off('exit', this.#onExit);
      this.#end(lost());
    });
    await new Promise<void>((resolve, reject) => {
      this.#worker.once('error', (error) => reject(lost(error)));
      this.#worker.once('exit', () => reject(this.#ended ?? lost()));
      this.#worker.once('message', (reply: VadReply) => {
        if (reply.type !== 'failed') return resolve();
        const error = new HeedError(reply.code, reply.message);
        this.#end(error);
        reject(error);
      });
    });
    this.#worker.on('message', (reply: VadReply) => {
      if (reply.type === 'failed') this.#fail(new HeedError(reply.code, reply.message));
    });
    // An idle model does not keep the process alive.
    this.#worker.unref();
  }

  #ask(stream: OpenStream, { samples }: AudioFrame): Promise<number> {
    if (!stream.isOpen) return Promise.reject(closed('stream'));
    if (this.#ended) return Promise.reject(this.#ended);
    if (stream.waitingFrames >= maxWaitingFrames)
      return Promise.reject(
        new HeedError(
          'busy',
          `At most ${maxWaitingFrames} frames of a stream may wait for their probability. Await the earlier ones.`,
        ),
      );
    if (samples.length !== frameSamples)
      return Promise.reject(
        new HeedError(
          'bad-audio',
          `A frame of ${frameSamples} samples was expected, but ${samples.length} came. Cut the stream with Framer.`,
        ),
      );
    // Of frames that are sent in advance, as from a file, only the first one tells how long the model takes to respond.
    const timedFromMs = stream.waitingFrames++ === 0 ? performance.now() : undefined;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ stream, samples, timedFromMs, resolve, reject });
      this.#planSend();
    });
  }

  #time(startMs: number): void {
    const timing = this.#timing;
    const nowMs = performance.now();
    timing.sumMs += nowMs - startMs;
    timing.count++;
    if (nowMs - timing.startMs < timingMs) return;
    Object.assign(timing, { startMs: nowMs, sumMs: 0, count: 0, meanMs: timing.sumMs / timing.count });
  }

  /** Frames that arrive in the same turn of the event loop are sent together. */
  #planSend(): void {
    if (this.#isSendPlanned || this.#running.length > 0) return;
    this.#isSendPlanned = true;
    setImmediate(() => {
      this.#isSendPlanned = false;
      this.#send();
    });
  }

  #send(): void {
    if (this.#ended || this.#waiting.length === 0) return;
    this.#running = this.#waiting.splice(0, maxBatchFrames);
    this.#worker.ref();
    void this.#exchange.hear(this.#running).then((probabilities) => {
      if (probabilities) this.#take(probabilities);
    });
  }

  #take(probabilities: Float32Array): void {
    const heard = this.#settle();
    for (const [index, { timedFromMs, resolve }] of heard.entries()) {
      if (timedFromMs !== undefined) this.#time(timedFromMs);
      resolve(probabilities[index]!);
    }
    this.#send();
  }

  #fail(error: HeedError): void {
    for (const { reject } of this.#settle()) reject(error);
    this.#send();
  }

  /** Returns the frames that were with the thread. */
  #settle(): Waiting[] {
    const settled = this.#running;
    this.#running = [];
    for (const { stream } of settled) stream.waitingFrames--;
    if (!this.#ended) this.#worker.unref();
    return settled;
  }

  #post(request: VadRequest): void {
    this.#worker.postMessage(request);
    this.#exchange.tellOfMessages();
  }

  #end(error: HeedError): void {
    this.#ended ??= error;
    this.#reject(this.#ended, () => true);
  }

  #reject(error: HeedError, isMeant: (waiting: Waiting) => boolean): void {
    const rejected = [...this.#running, ...this.#waiting].filter(isMeant);
    this.#waiting = this.#waiting.filter((waiting) => !isMeant(waiting));
    for (const { reject } of rejected) reject(error);
  }
}

function closed(what: string): HeedError {
  return new HeedError('closed', `The ${what} was closed before.`);
}

function lost(cause?: unknown): HeedError {
  const reason = cause instanceof Error ? `: ${cause.message}` : '';
  return new HeedError('native-failed', `The thread of the voice activity model ended${reason}. Restart heed.`, {
    cause,
  });
}
