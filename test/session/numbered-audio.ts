/** Audio in which every sample tells its own place, and an engine that reads exactly which samples it was given. */
import { HeedError } from '../../src/errors.ts';
import type { ReadOptions, SegmentAudio, Transcriber } from '../../src/transcribe/transcriber.ts';
import { frameSamples, samplesToMs, type Transcript } from '../../src/types.ts';
import type { Vad, VadStream } from '../../src/vad/index.ts';

/** Sample n is ±n·2⁻²⁴, which a Float32 holds exactly up to 17 minutes; speech is positive, silence negative. */
const step = 2 ** -24;

/** Frames of speech or silence that begin at a sample. */
export function numbered(startSample: number, frames: number, isSpeech: boolean): Float32Array {
  return Float32Array.from(
    { length: frames * frameSamples },
    (_, index) => (isSpeech ? 1 : -1) * (startSample + index + 1) * step,
  );
}

/** The text of some samples: the first and the last one's place. Says so when they are not one stretch. */
export function textOf(startSample: number, endSample: number): string {
  return `samples ${startSample} to ${endSample}`;
}

/** Hears speech in numbered audio. */
export const numberedVad: Vad = {
  answerMs: 0,
  openStream: (): VadStream => ({
    probability: async ({ samples }) => (samples[0]! > 0 ? 0.99 : 0.01),
    close: () => undefined,
  }),
  close: async () => undefined,
};

/** A reading that was asked for and is not settled. */
export interface AskedReading {
  options: ReadOptions;
  /** Where it begins and ends in the stream, samples. */
  startSample: number;
  endSample: number;
  /** Whether it was aborted before it was settled. */
  isAborted: boolean;
  succeed(change?: Partial<Transcript>): void;
  fail(error: HeedError): void;
}

/** An engine that answers when it is told to, in any order. */
export class ObedientTranscriber implements Transcriber {
  readonly info = { model: 'numbers', backend: 'cpu', multilingual: true, workers: 1, system: '' };
  /** Readings that are not settled, oldest first. */
  readonly asked: AskedReading[] = [];
  /** Every reading there ever was. */
  readonly all: AskedReading[] = [];
  readonly promoted: SegmentAudio[] = [];
  openAudios = 0;
  waiting = 0;

  open(): SegmentAudio {
    this.openAudios++;
    return new NumberedAudio(this);
  }

  load(): { waiting: number; running: number; capacity: number } {
    return { waiting: this.waiting, running: 0, capacity: 1 };
  }

  async close(): Promise<void> {
    // Nothing is held.
  }
}

class NumberedAudio implements SegmentAudio {
  readonly #engine: ObedientTranscriber;
  readonly #parts: Float32Array[] = [];
  #length = 0;
  #isOpen = true;

  constructor(engine: ObedientTranscriber) {
    this.#engine = engine;
  }

  append(samples: Float32Array): void {
    if (!this.#isOpen) throw new HeedError('closed', 'Appended to closed audio.');
    this.#parts.push(samples.slice());
    this.#length += samples.length;
  }

  get length(): number {
    return this.#length;
  }

  read(options: ReadOptions): Promise<Transcript> {
    if (!this.#isOpen) return Promise.reject(new HeedError('closed', 'Read closed audio.'));
    const [startSample, endSample] = this.#stretch(options.endSample ?? this.#length);
    return new Promise((resolve, reject) => {
      const { asked } = this.#engine;
      const settle = (): void => {
        const at = asked.indexOf(reading);
        if (at >= 0) asked.splice(at, 1);
      };
      const reading: AskedReading = {
        options,
        startSample,
        endSample,
        isAborted: false,
        succeed: (change) => {
          settle();
          resolve({
            ...transcriptOf(options, textOf(startSample, endSample)),
            audioMs: samplesToMs(endSample - startSample),
            ...change,
          });
        },
        fail: (error) => {
          settle();
          reject(error);
        },
      };
      // A slow engine: it knows that nobody waits any more, and answers all the same.
      options.signal?.addEventListener('abort', () => {
        reading.isAborted = asked.includes(reading);
      });
      asked.push(reading);
      this.#engine.all.push(reading);
    });
  }

  promote(): void {
    this.#engine.promoted.push(this);
  }

  close(): void {
    if (this.#isOpen) this.#engine.openAudios--;
    this.#isOpen = false;
  }

  /**
   * Where the audio up to a length begins and ends in the stream; throws when samples are missing, twice or in
   * disorder.
   */
  #stretch(length: number): [number, number] {
    let place: number | undefined;
    let start = 0;
    let count = 0;
    for (const part of this.#parts) {
      for (const sample of part) {
        if (count === length) break;
        const here = Math.round(Math.abs(sample) / step) - 1;
        if (place === undefined) start = here;
        else if (here !== place + 1) throw new Error(`Sample ${here} follows ${place}.`);
        place = here;
        count++;
      }
    }
    if (count !== length) throw new Error(`${length} samples were to be read, ${count} are there.`);
    return [start, start + count];
  }
}

function transcriptOf({ segmentId, language = 'en' }: ReadOptions, text: string): Transcript {
  return {
    segmentId,
    text,
    words: [],
    language: language === 'auto' ? 'en' : language,
    confidence: 0.95,
    noSpeechProbability: 0.01,
    logProbability: -1,
    tokens: 5,
    endMs: 0,
    alternatives: [],
    audioMs: 0,
    inferenceMs: 1,
  };
}
