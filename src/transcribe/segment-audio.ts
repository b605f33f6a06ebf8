import { HeedError } from '../errors.ts';
import { samplesToMs, sampleRateHz, type Transcript } from '../types.ts';
import type { NativeAudio } from './binding.ts';
import type { Engine } from './engine.ts';
import type { ReadOptions, SegmentAudio } from './transcriber.ts';

/** What the audio of a segment needs from its pool. */
export interface AudioPool {
  /** The engine with the least open audio, if any is alive. */
  pickHome(): Engine | undefined;
  read(audio: PooledAudio, options: ReadOptions & { endSample: number }): Promise<Transcript>;
  promote(audio: PooledAudio): void;
  release(audio: PooledAudio): void;
}

/** The length of Whisper's window, which is the most that one reading can take. */
export const maxAudioSamples = 30 * sampleRateHz;

/** Samples are sent to the home engine in batches of this size, since each message to a process costs time. */
const batchSamples = sampleRateHz / 8;

/**
 * The audio of one segment. While it arrives it is sent on to one engine, its home, so that the spectrogram is computed
 * early. It is kept here too, because another engine may become its home: one that is idle first, or one that replaces
 * an engine that died.
 */
export class PooledAudio implements SegmentAudio {
  readonly sessionId: string;
  readonly #pool: AudioPool;
  #samples = new Float32Array(2 * sampleRateHz);
  #length = 0;
  #home: { engine: Engine; audio: NativeAudio } | undefined;
  #state: 'open' | 'closed' = 'open';

  constructor(pool: AudioPool, sessionId: string) {
    this.#pool = pool;
    this.sessionId = sessionId;
  }

  get length(): number {
    return this.#length;
  }

  get home(): Engine | undefined {
    return this.#home?.engine;
  }

  append(samples: Float32Array): void {
    if (this.#state === 'closed') throw closedError();
    const length = this.#length + samples.length;
    if (length > maxAudioSamples) {
      throw new HeedError(
        'audio-too-long',
        `A segment may have 30 s of audio; this one would have ${(samplesToMs(length) / 1000).toFixed(1)} s. ` +
          'Cut it at a pause.',
      );
    }
    if (!areFinite(samples))
      throw new HeedError('bad-audio', 'Samples must be finite numbers from -1 to 1; one is not finite.');
    this.#reserve(length);
    this.#samples.set(samples, this.#length);
    this.#length = length;
    this.#home ??= this.#findHome();
    if (this.#home && length - this.#home.audio.length >= batchSamples) this.#send();
  }

  /** The samples before `endSample`; not a copy. */
  samplesUpTo(endSample: number): Float32Array {
    return this.#samples.subarray(0, endSample);
  }

  read(options: ReadOptions): Promise<Transcript> {
    if (this.#state === 'closed') return Promise.reject(closedError());
    const { endSample = this.#length } = options;
    if (!Number.isInteger(endSample) || endSample < 1 || endSample > this.#length) {
      return Promise.reject(
        new HeedError(
          'bad-message',
          `A reading must end between 1 and ${this.#length}, the samples appended so far; ` +
            `this one ends at ${endSample}.`,
        ),
      );
    }
    return this.#pool.read(this, { ...options, endSample });
  }

  promote(): void {
    this.#pool.promote(this);
  }

  close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#pool.release(this);
    this.#home?.audio.close();
    this.#home = undefined;
    this.#samples = new Float32Array(0);
  }

  /** Makes an engine the home of this audio, and returns the whole audio there. */
  on(engine: Engine): NativeAudio {
    if (this.#home?.engine !== engine) {
      this.#home?.audio.close();
      this.#home = { engine, audio: engine.openAudio() };
    }
    this.#send();
    return this.#home.audio;
  }

  /** To be called when an engine has ended. */
  leave(engine: Engine): void {
    if (this.#home?.engine === engine) this.#home = undefined;
  }

  #findHome(): { engine: Engine; audio: NativeAudio } | undefined {
    const engine = this.#pool.pickHome();
    return engine && { engine, audio: engine.openAudio() };
  }

  #send(): void {
    const { audio } = this.#home!;
    if (audio.length < this.#length) audio.append(this.#samples.subarray(audio.length, this.#length));
  }

  #reserve(length: number): void {
    if (length <= this.#samples.length) return;
    const larger = new Float32Array(Math.min(maxAudioSamples, Math.max(length, 2 * this.#samples.length)));
    larger.set(this.#samples.subarray(0, this.#length));
    this.#samples = larger;
  }
}

/** Uses a loop because `every` takes eight times as long. */
function areFinite(samples: Float32Array): boolean {
  for (const sample of samples) if (!Number.isFinite(sample)) return false;
  return true;
}

function closedError(): HeedError {
  return new HeedError('closed', 'The audio of this segment is closed already.');
}
