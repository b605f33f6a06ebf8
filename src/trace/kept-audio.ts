import { msToSamples } from '../types.ts';

/** Keeps the audio of the last utterances of all sessions, up to a total length; beyond it the oldest is dropped. */
export class KeptAudio {
  readonly #maxSamples: number;
  readonly #byId = new Map<string, Float32Array>();
  #totalSamples = 0;

  constructor(maxAudioMs: number) {
    this.#maxSamples = msToSamples(maxAudioMs);
  }

  get(id: string): Float32Array | undefined {
    return this.#byId.get(id);
  }

  keep(id: string, samples: Float32Array): void {
    this.drop(id);
    this.#byId.set(id, samples);
    this.#totalSamples += samples.length;
    for (const oldest of this.#byId.keys()) {
      if (this.#totalSamples <= this.#maxSamples) break;
      this.drop(oldest);
    }
  }

  drop(id: string): void {
    this.#totalSamples -= this.#byId.get(id)?.length ?? 0;
    this.#byId.delete(id);
  }
}
