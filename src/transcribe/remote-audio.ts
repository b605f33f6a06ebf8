import type { NativeAudio } from './binding.ts';
import type { ToWorker } from './worker-messages.ts';

/** Audio that lives in a worker process. */
export class RemoteAudio implements NativeAudio {
  readonly id: number;
  length = 0;
  readonly #tell: (message: ToWorker) => void;

  constructor(id: number, tell: (message: ToWorker) => void) {
    this.id = id;
    this.#tell = tell;
  }

  append(samples: Float32Array): void {
    this.length += samples.length;
    this.#tell({ type: 'append', audio: this.id, samples });
  }

  close(): void {
    this.#tell({ type: 'close', audio: this.id });
  }
}
