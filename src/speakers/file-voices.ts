import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import type { WorkOptions } from '../models/index.ts';
import { childModule } from '../platform/child-module.ts';
import { RunGuard } from '../vad/run-guard.ts';
import { optionsOf } from './diarization.ts';
import type { FileSpeakers } from './file-diarizer.ts';
import type { FileVoicesReply, FileVoicesResult, FileVoicesTask, FileVoicesWorkerData } from './file-voices-worker.ts';
import type { SpeakerCount } from './global-clustering.ts';
import { ensureVoiceModels } from './native-models.ts';

/** Finds who speaks when in one recording. Everything rejects with `closed` after `close()`. */
export interface FileVoices {
  /** Takes the next samples, 16 kHz; resolves when they have been looked at. */
  push(samples: Float32Array): Promise<void>;
  /** Says who spoke when, after all samples. */
  finish(count: SpeakerCount): Promise<FileSpeakers>;
  /** Says what a recording of one voice sounds like, 16 kHz; resolves to undefined when it is too short to tell. */
  describe(samples: Float32Array): Promise<Float32Array | undefined>;
  /** Ends the thread after its current run. Idempotent. */
  close(): Promise<void>;
}

/**
 * Fetches the models for voices if necessary, and loads them in a thread for one recording.
 * @throws HeedError `fetch-failed`, `bad-model`, `native-failed`, `aborted`
 */
export async function openFileVoices(
  { speakers, models }: Pick<Config, 'speakers' | 'models'>,
  work: WorkOptions = {},
): Promise<FileVoices> {
  const paths = await ensureVoiceModels(models, work);
  const thread = new FileVoicesThread({ paths, options: optionsOf(speakers) });
  try {
    await thread.load();
  } catch (error) {
    await thread.close();
    throw error;
  }
  return thread;
}

interface Job {
  resolve: (result: FileVoicesResult) => void;
  reject: (error: HeedError) => void;
}

class FileVoicesThread implements FileVoices {
  readonly #worker: Worker;
  readonly #exited: Promise<unknown>;
  readonly #guard = new RunGuard();
  readonly #onExit = () => this.#guard.stop();
  /** What the thread has not replied to, in the order in which it will. */
  readonly #jobs: Job[] = [];
  #ended: HeedError | undefined;

  constructor(data: Pick<FileVoicesWorkerData, 'paths' | 'options'>) {
    const { path, execArgv } = childModule('./file-voices-worker', import.meta.url);
    const workerData: FileVoicesWorkerData = { ...data, guard: this.#guard.cells };
    this.#worker = new Worker(path, { execArgv, workerData });
    this.#exited = once(this.#worker, 'exit').catch(() => undefined);
    process.on('exit', this.#onExit);
    this.#worker.on('message', (reply: FileVoicesReply) => {
      const job = this.#jobs.shift();
      if ('failure' in reply) job?.reject(new HeedError(reply.failure.code, reply.failure.message));
      else job?.resolve(reply.result);
    });
    this.#worker.on('error', (error) => this.#end(lost(error)));
    this.#worker.once('exit', () => {
      process.off('exit', this.#onExit);
      this.#end(lost());
    });
  }

  async load(): Promise<void> {
    await this.#ask({ type: 'load' });
  }

  async push(samples: Float32Array): Promise<void> {
    await this.#ask({ type: 'push', samples });
  }

  async finish(count: SpeakerCount): Promise<FileSpeakers> {
    return (await this.#ask({ type: 'finish', count })) as FileSpeakers;
  }

  async describe(samples: Float32Array): Promise<Float32Array | undefined> {
    return (await this.#ask({ type: 'describe', samples })) as Float32Array | undefined;
  }

  async close(): Promise<void> {
    if (!this.#ended) {
      this.#end(new HeedError('closed', 'The voices of the recording were closed before.'));
      this.#worker.postMessage({ type: 'stop' } satisfies FileVoicesTask);
    }
    await this.#exited;
  }

  #ask(task: FileVoicesTask): Promise<FileVoicesResult> {
    if (this.#ended) return Promise.reject(this.#ended);
    const done = new Promise<FileVoicesResult>((resolve, reject) => this.#jobs.push({ resolve, reject }));
    this.#worker.postMessage(task);
    return done;
  }

  #end(error: HeedError): void {
    this.#ended ??= error;
    for (const { reject } of this.#jobs.splice(0)) reject(this.#ended);
  }
}

function lost(cause?: unknown): HeedError {
  const reason = cause instanceof Error ? `: ${cause.message}` : '';
  return new HeedError('native-failed', `The thread that tells voices apart ended${reason}. Try the file again.`, {
    cause,
  });
}
