import type { Ears } from '../../src/session/index.ts';
import type { ReadOptions, SegmentAudio, Transcriber } from '../../src/transcribe/transcriber.ts';
import { msToSamples, sampleRateHz, samplesToMs, type Transcript } from '../../src/types.ts';
import type { Vad, VadStream } from '../../src/vad/index.ts';

/**
 * A language of tones: each phrase is a pure tone of its own, and the engine below recognises which. So a phrase is
 * read only if the samples really went through decoding, resampling, framing and segmenting.
 */
export const phrases = ['turn on the lamp', 'turn off the lamp', 'what a lovely day', 'break it'] as const;

/** What can be said in tones. */
export type Phrase = (typeof phrases)[number];

/** Makes a phrase as a tone at any sample rate, followed by silence that ends the segment. */
export function say(phrase: Phrase, { rateHz = sampleRateHz, speechMs = 600, silenceMs = 900 } = {}): Float32Array {
  const speech = Math.round((speechMs * rateHz) / 1000);
  const samples = new Float32Array(speech + Math.round((silenceMs * rateHz) / 1000));
  const hz = toneHz(phrases.indexOf(phrase));
  for (let index = 0; index < speech; index++) samples[index] = 0.5 * Math.sin((2 * Math.PI * hz * index) / rateHz);
  return samples;
}

/** Returns the samples as 16-bit little-endian PCM. */
export function pcm(samples: Float32Array): Buffer {
  const bytes = Buffer.alloc(samples.length * 2);
  samples.forEach((sample, index) => bytes.writeInt16LE(Math.round(sample * 32_767), index * 2));
  return bytes;
}

function toneHz(index: number): number {
  return 400 + 300 * index;
}

/** Counts how often a tone crosses zero while it is loud. */
function hear(samples: Float32Array): string {
  let crossings = 0;
  let loud = 0;
  for (let index = 1; index < samples.length; index++) {
    if (Math.abs(samples[index]!) > 0.05) loud++;
    if (samples[index]! >= 0 !== samples[index - 1]! >= 0 && Math.abs(samples[index]! - samples[index - 1]!) > 0.02)
      crossings++;
  }
  if (loud < msToSamples(50)) return '';
  const hz = (crossings / 2 / (loud * 1.04)) * sampleRateHz;
  return phrases.reduce(
    (best, phrase, index) =>
      Math.abs(toneHz(index) - hz) < Math.abs(toneHz(phrases.indexOf(best)) - hz) ? phrase : best,
    phrases[0] as Phrase,
  );
}

class ToneAudio implements SegmentAudio {
  #samples = new Float32Array(0);

  append(samples: Float32Array): void {
    const joined = new Float32Array(this.#samples.length + samples.length);
    joined.set(this.#samples);
    joined.set(samples, this.#samples.length);
    this.#samples = joined;
  }

  get length(): number {
    return this.#samples.length;
  }

  async read({ segmentId, endSample = this.#samples.length, language = 'en' }: ReadOptions): Promise<Transcript> {
    const text = hear(this.#samples.subarray(0, endSample));
    return {
      segmentId,
      text,
      language,
      confidence: 0.95,
      noSpeechProbability: text === '' ? 1 : 0.01,
      logProbability: -1,
      tokens: 5,
      endMs: 0,
      words: text
        .split(' ')
        .filter(Boolean)
        .map((word, index) => ({ word, startMs: index * 100, endMs: index * 100 + 100, confidence: 0.95 })),
      alternatives: [],
      audioMs: samplesToMs(endSample),
      inferenceMs: 1,
    };
  }

  promote(): void {
    // Every reading is done at once.
  }

  close(): void {
    this.#samples = new Float32Array(0);
  }
}

/** Ears that understand the language of tones. `hold` makes the voice activity model wait, like a busy one. */
export class ToneEars implements Ears {
  #held: Promise<void> | undefined;
  #release: () => void = () => undefined;
  openStreams = 0;
  /** The frames for which a probability has been asked. */
  asked = 0;

  readonly vad: Vad & { answerMs: number } = {
    answerMs: 0,
    openStream: (): VadStream => {
      this.openStreams++;
      let isOpen = true;
      return {
        probability: async ({ samples }) => {
          this.asked++;
          await this.#held;
          return Math.hypot(...samples) / Math.sqrt(samples.length) > 0.05 ? 0.99 : 0.01;
        },
        close: () => {
          if (isOpen) this.openStreams--;
          isOpen = false;
        },
      };
    },
    close: async () => undefined,
  };

  readonly transcriber: Transcriber = {
    info: { model: 'tones', backend: 'cpu', multilingual: false, workers: 1, system: '' },
    open: () => new ToneAudio(),
    load: () => ({ waiting: 0, running: 0, capacity: 1 }),
    close: async () => undefined,
  };

  /** Until release(), no frame gets its probability. */
  hold(): void {
    this.#held = new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  release(): void {
    this.#held = undefined;
    this.#release();
  }
}
