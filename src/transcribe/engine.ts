import type { NativeAudio, NativeEngine, NativeJob, NativeRead, NativeReading } from './binding.ts';
import { loadNativeEngine, type EngineNeeds, type LoadedEngine } from './native-engine.ts';
import { engineError } from './reading.ts';
import { HeedError } from '../errors.ts';

/** Something that reads audio: the addon in this process, or a worker process that has loaded it. */
export interface Engine extends Pick<NativeEngine, 'backend' | 'device' | 'system' | 'multilingual'> {
  /** How many readings it does side by side. */
  readonly readers: number;
  /** Why the GPU is not used, although one was wanted and an engine was built for it. */
  readonly gpuProblem: string | undefined;
  /** Whether it has not reacted for a while, so that it had better be given nothing to read. */
  readonly isSilent: boolean;
  openAudio(): NativeAudio;
  /** Never throws. The promise rejects with a HeedError, which is `worker-lost` if the engine has ended meanwhile. */
  read(audio: NativeAudio, options: NativeRead): NativeJob;
  /** Aborts the readings that run. Idempotent. */
  close(): Promise<void>;
}

/** The addon in this process, with a thread for each reader. */
export class LocalEngine implements Engine {
  readonly readers: number;
  readonly isSilent = false;
  readonly gpuProblem: string | undefined;
  readonly backend: string;
  readonly device: string;
  readonly system: string;
  readonly multilingual: boolean;
  readonly #native: NativeEngine;
  // `process.exit` destroys objects that native threads use, so these threads must end first.
  readonly #onExit = (): void => this.#native.close();

  private constructor({ native, readers, gpuProblem }: LoadedEngine) {
    this.readers = readers;
    this.gpuProblem = gpuProblem;
    this.backend = native.backend;
    this.device = native.device;
    this.system = native.system;
    this.multilingual = native.multilingual;
    this.#native = native;
    process.once('exit', this.#onExit);
  }

  /** Loads a verified model file. Rejects with `bad-model` or `native-failed`. */
  static async load(path: string, needs: EngineNeeds): Promise<LocalEngine> {
    try {
      return new LocalEngine(await loadNativeEngine(path, needs));
    } catch (error) {
      throw engineError(error);
    }
  }

  openAudio(): NativeAudio {
    return this.#native.openAudio();
  }

  read(audio: NativeAudio, options: NativeRead): NativeJob {
    try {
      const job = this.#native.read(audio, options);
      return {
        promise: job.promise.then(finite, (error: unknown) => {
          throw engineError(error);
        }),
        abort: () => job.abort(),
      };
    } catch (error) {
      return { promise: Promise.reject(engineError(error)), abort: () => undefined };
    }
  }

  async close(): Promise<void> {
    process.removeListener('exit', this.#onExit);
    this.#native.close();
  }
}

function finite(reading: NativeReading): NativeReading {
  if (Number.isFinite(reading.logProbability)) return reading;
  throw new HeedError('bad-model', 'The speech model computes numbers that are not finite: its file is damaged.');
}
