import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { childModule } from '../platform/child-module.ts';
import { sampleRateHz } from '../types.ts';
import { RunGuard } from '../vad/run-guard.ts';
import type { DiarizationReply, DiarizationRequest, DiarizationWorkerData } from './diarization-worker.ts';
import type { DescribedVoice } from './known/describe-voice.ts';
import type { DiarizationOptions, Heard, Who } from './stream-diarizer.ts';

/** Tells the voices of one stream apart. */
export interface SpeakerStream {
  /** Takes the next samples, 16 kHz. While more than 5 s wait, windows are left out, to catch up with live sound. */
  push(samples: Float32Array): void;
  /** Resolves when less than 5 s wait; whoever has all the time awaits it, so that no window is left out. */
  ready(): Promise<void>;
  /** Says who spoke within a part of the stream, seconds since it began. Rejects with what the models fail with. */
  who(start: number, end: number): Promise<Who>;
  close(): void;
}

/** The models that tell voices apart, in a thread of their own, shared by all streams. */
export interface Diarization {
  /** @param onHeard called after each window of the stream @throws HeedError `closed` */
  openStream(onHeard: (heard: Heard) => void): SpeakerStream;
  /** Says what a voice sounds like in samples that hold speech and little else. Rejects like `who`. */
  describe(speech: Float32Array): Promise<DescribedVoice>;
  /** Ends the thread after its current run; what waits is rejected with `closed`. Idempotent. */
  close(): Promise<void>;
}

/** How much sound of one stream may wait before windows are left out, samples. */
const maxWaitingSamples = 5 * sampleRateHz;
/** How much is sent to the thread at once, samples: a window begins every half a second. */
const batchSamples = sampleRateHz / 4;

/** diart's parameters as the options name them. */
export function optionsOf(speakers: Config['speakers']): DiarizationOptions {
  const { durationMs, stepMs, ...others } = speakers;
  return { durationSeconds: durationMs / 1000, stepSeconds: stepMs / 1000, ...others };
}

interface Job<T> {
  resolve: (value: T) => void;
  reject: (error: HeedError) => void;
}

interface Stream {
  onHeard: (heard: Heard) => void;
  waitingSamples: number;
  /** Called when less waits. */
  onReady: (() => void)[];
  jobs: Map<number, Job<Who>>;
  /** Why nothing more can be said about the stream. */
  failure?: HeedError;
}

/** The thread of one load of the models. When it is lost, it and its streams stay so. */
export class DiarizationThread implements Diarization {
  /** Settles when the models are loaded, or cannot be. */
  readonly loaded: Promise<void>;
  /** Resolves with the reason when the thread has ended, or was closed. */
  readonly ended: Promise<HeedError>;
  readonly #worker: Worker;
  readonly #exited: Promise<unknown>;
  readonly #guard = new RunGuard();
  readonly #onExit = () => this.#guard.stop();
  readonly #streams = new Map<number, Stream>();
  readonly #described = new Map<number, Job<DescribedVoice>>();
  #nextId = 1;
  #ended: HeedError | undefined;
  #onEnd: (reason: HeedError) => void = () => undefined;

  constructor(data: Pick<DiarizationWorkerData, 'paths' | 'options'>) {
    const { path, execArgv } = childModule('./diarization-worker', import.meta.url);
    const workerData: DiarizationWorkerData = { ...data, guard: this.#guard.cells };
    this.#worker = new Worker(path, { execArgv, workerData });
    this.#exited = once(this.#worker, 'exit').catch(() => undefined);
    process.on('exit', this.#onExit);
    this.ended = new Promise((resolve) => (this.#onEnd = resolve));
    this.loaded = this.#load();
  }

  openStream(onHeard: (heard: Heard) => void): SpeakerStream {
    if (this.#ended) throw this.#ended;
    const id = this.#nextId++;
    const stream: Stream = { onHeard, waitingSamples: 0, onReady: [], jobs: new Map() };
    this.#streams.set(id, stream);
    let batch: Float32Array[] = [];
    let batched = 0;
    const send = (): void => {
      const samples = new Float32Array(batched);
      let at = 0;
      for (const part of batch) {
        samples.set(part, at);
        at += part.length;
      }
      [batch, batched] = [[], 0];
      if (samples.length === 0) return;
      const isLate = stream.waitingSamples > maxWaitingSamples;
      stream.waitingSamples += samples.length;
      this.#post({ type: 'hear', stream: id, samples, isLate }, [samples.buffer]);
    };
    return {
      push: (samples) => {
        if (stream.failure) return;
        batch.push(samples);
        batched += samples.length;
        if (batched >= batchSamples) send();
      },
      ready: async () => {
        while (stream.waitingSamples > maxWaitingSamples && !stream.failure) {
          const isReady = new Promise<void>((resolve) => stream.onReady.push(resolve));
          this.#holdProcess();
          await isReady;
        }
      },
      who: (start, end) => {
        if (stream.failure) return Promise.reject(stream.failure);
        send();
        const job = this.#nextId++;
        this.#post({ type: 'ask', stream: id, job, start, end });
        const answer = new Promise<Who>((resolve, reject) => stream.jobs.set(job, { resolve, reject }));
        this.#holdProcess();
        return answer;
      },
      close: () => {
        if (!this.#streams.delete(id)) return;
        this.#fail(stream, closed());
        if (this.#ended) return;
        this.#post({ type: 'forget', stream: id });
        this.#holdProcess();
      },
    };
  }

  describe(speech: Float32Array): Promise<DescribedVoice> {
    if (this.#ended) return Promise.reject(this.#ended);
    const job = this.#nextId++;
    const own = speech.slice();
    this.#post({ type: 'describe', job, speech: own }, [own.buffer]);
    const described = new Promise<DescribedVoice>((resolve, reject) => this.#described.set(job, { resolve, reject }));
    this.#holdProcess();
    return described;
  }

  async close(): Promise<void> {
    if (!this.#ended) {
      this.#end(closed());
      this.#post({ type: 'stop' });
      this.#worker.ref();
    }
    await this.#exited;
  }

  async #load(): Promise<void> {
    this.#worker.on('error', (error) => this.#end(lost(error)));
    this.#worker.once('exit', () => {
      process.off('exit', this.#onExit);
      this.#end(lost());
    });
    await new Promise<void>((resolve, reject) => {
      this.#worker.once('exit', () => reject(this.#ended ?? lost()));
      this.#worker.once('message', (reply: DiarizationReply) => {
        if (reply.type === 'failed') {
          const error = new HeedError(reply.code, reply.message);
          this.#end(error);
          reject(error);
        } else resolve();
      });
    });
    this.#worker.on('message', (reply: DiarizationReply) => this.#take(reply));
    // An idle model does not keep the process alive.
    this.#worker.unref();
  }

  #take(reply: DiarizationReply): void {
    if ('job' in reply && reply.job !== undefined && !('stream' in reply)) this.#takeDescribed(reply, reply.job);
    else this.#takeForStream(reply);
    if (!this.#ended) this.#holdProcess();
  }

  #takeDescribed(reply: DiarizationReply, id: number): void {
    const job = this.#described.get(id);
    this.#described.delete(id);
    if (reply.type === 'described') job?.resolve(reply.voice);
    else if (reply.type === 'failed') job?.reject(new HeedError(reply.code, reply.message));
  }

  #takeForStream(reply: DiarizationReply): void {
    const stream = 'stream' in reply && reply.stream !== undefined ? this.#streams.get(reply.stream) : undefined;
    if (!stream) return;
    if (reply.type === 'heard') {
      stream.waitingSamples -= reply.samples;
      for (const tell of stream.onReady.splice(0)) tell();
      for (const heard of reply.windows) stream.onHeard(heard);
    } else if (reply.type === 'answer') {
      stream.jobs.get(reply.job)?.resolve(reply.who);
      stream.jobs.delete(reply.job);
    } else if (reply.type === 'failed') this.#fail(stream, new HeedError(reply.code, reply.message));
  }

  /** The process must not end while somebody waits for the thread; an idle thread does not keep it alive. */
  #holdProcess(): void {
    const isAwaited = [...this.#streams.values()].some(({ jobs, onReady }) => jobs.size + onReady.length > 0);
    if (isAwaited || this.#described.size > 0) this.#worker.ref();
    else this.#worker.unref();
  }

  #post(request: DiarizationRequest, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(request, transfer);
  }

  #fail(stream: Stream, error: HeedError): void {
    stream.failure ??= error;
    for (const tell of stream.onReady.splice(0)) tell();
    for (const { reject } of stream.jobs.values()) reject(error);
    stream.jobs.clear();
  }

  #end(error: HeedError): void {
    this.#ended ??= error;
    this.#onEnd(this.#ended);
    for (const stream of this.#streams.values()) this.#fail(stream, this.#ended);
    for (const { reject } of this.#described.values()) reject(this.#ended);
    this.#described.clear();
  }
}

/** The error of what was closed. */
export function closed(): HeedError {
  return new HeedError('closed', 'The stream of voices was closed before.');
}

function lost(cause?: unknown): HeedError {
  const reason = cause instanceof Error ? `: ${cause.message}` : '';
  return new HeedError('native-failed', `The thread that tells voices apart ended${reason}. It is started again.`, {
    cause,
  });
}
