import type { FileVoices } from '../../src/files/index.ts';
import type { Turn } from '../../src/speakers/index.ts';

/** Voices whose turns the test writes: each speaker sounds like its number. It keeps what it was given. */
export class ScriptedVoices implements FileVoices {
  readonly counts: { min: number; max: number }[] = [];
  heardSamples = 0;
  isClosed = false;
  readonly #turns: readonly Turn[];
  readonly #describe: (samples: Float32Array) => number | undefined;

  /** @param describe which speaker a recording sounds like */
  constructor(turns: readonly Turn[], describe: (samples: Float32Array) => number | undefined = () => undefined) {
    this.#turns = turns;
    this.#describe = describe;
  }

  push(samples: Float32Array): Promise<void> {
    this.heardSamples += samples.length;
    return Promise.resolve();
  }

  finish(count: { min: number; max: number }): ReturnType<FileVoices['finish']> {
    this.counts.push(count);
    const speakers = Math.max(-1, ...this.#turns.map(({ speaker }) => speaker)) + 1;
    return Promise.resolve({ turns: this.#turns, voices: Array.from({ length: speakers }, (_, i) => vectorOf(i)) });
  }

  describe(samples: Float32Array): Promise<Float32Array | undefined> {
    const speaker = this.#describe(samples);
    return Promise.resolve(speaker === undefined ? undefined : vectorOf(speaker));
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

function vectorOf(speaker: number): Float32Array {
  return Float32Array.from({ length: 8 }, (_, i) => (i === speaker ? 1 : 0));
}
