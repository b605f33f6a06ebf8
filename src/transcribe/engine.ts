import { loadAddon } from '../platform/load-addon.ts';
import type { Config } from '../config/index.ts';
import type { NativeAddon, NativeAudio, NativeEngine, NativeJob, NativeRead } from './binding.ts';
import { engineError } from './reading.ts';

/** Something that reads audio: the addon in this process, or a worker process that has it. */
export interface Engine extends Pick<NativeEngine, 'backend' | 'system' | 'multilingual'> {
  /** Readings it does side by side. */
  readonly readers: number;
  openAudio(): NativeAudio;
  /** Throws nothing: the promise rejects with a HeedError, `worker-lost` when the engine ended meanwhile. */
  read(audio: NativeAudio, options: NativeRead): NativeJob;
  /** Aborts what runs. Idempotent. */
  close(): Promise<void>;
}

/** The addon in this process, with one reader thread for each worker that would else be there. */
export class LocalEngine implements Engine {
  readonly readers: number;
  readonly backend: string;
  readonly system: string;
  readonly multilingual: boolean;
  readonly #native: NativeEngine;
  // `process.exit` destroys what native threads are using, unless they have ended before.
  readonly #onExit = (): void => this.#native.close();

  private constructor(native: NativeEngine, readers: number) {
    this.readers = readers;
    this.backend = native.backend;
    this.system = native.system;
    this.multilingual = native.multilingual;
    this.#native = native;
    process.once('exit', this.#onExit);
  }

  /** Loads a verified model file. Rejects with `bad-model` or `native-failed`. */
  static async load(
    path: string,
    { readers, gpu }: Pick<Config['transcribe'], 'gpu'> & { readers: number },
  ): Promise<LocalEngine> {
    try {
      // The scheduler hands out no more readings than there are readers.
      return new LocalEngine(
        await loadAddon<NativeAddon>('heed').load(path, { readers, maxQueue: readers, gpu }),
        readers,
      );
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
        promise: job.promise.catch((error: unknown) => {
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
