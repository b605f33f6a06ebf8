import { sampleRateHz } from '../../types.ts';
import { localSpeakers, type NativeModels } from '../native-models.ts';
import type { EncoderStream } from '../voice-encoder.ts';

/** What a voice in a stretch of speech sounds like. */
export interface DescribedVoice {
  /** Undefined when there is too little to tell. */
  vector: Float32Array | undefined;
  /** For how long somebody else speaks too, at the same time or before or after, s. */
  othersSeconds: number;
}

/** The segmentation model has heard windows of so much, samples. */
const windowSamples = 5 * sampleRateHz;
/** From this on, somebody is speaking. */
const activeFrom = 0.5;
/** While somebody speaks, the encoder looks at so much at a time, s. It sees what is shorter as a whole, as is best. */
const blockSeconds = 2;
const blockSamples = blockSeconds * sampleRateHz;
/** All moments of speech tell about the voice. */
const always = [Float32Array.of(1)];

/**
 * Describes whoever speaks in samples at 16 kHz that hold speech and little else. Most of the work is done while the
 * speech goes on, so that little is left when somebody asks.
 */
export class SpeechDescriber {
  readonly #models: NativeModels;
  readonly #encoder: EncoderStream;
  #speech = new Float32Array(0);
  /** What was found in the whole windows so far, and where they end. */
  #othersSeconds = 0;
  #lookedAt = 0;

  constructor(models: NativeModels) {
    this.#models = models;
    this.#encoder = models.encoder.openStream(blockSeconds);
  }

  /** Takes what is said next. */
  push(speech: Float32Array): void {
    this.#speech = joined(this.#speech, speech);
    const whole = Math.floor(this.#speech.length / blockSamples) * blockSamples;
    this.#encoder.vectorsOf(0, this.#speech.subarray(0, whole), always);
    for (; this.#speech.length >= this.#lookedAt + windowSamples; this.#lookedAt += windowSamples)
      this.#othersSeconds += this.#othersIn(this.#speech.subarray(this.#lookedAt, this.#lookedAt + windowSamples));
  }

  /** Describes the voice in all that was said and in a rest, which is not kept, since other speech may follow. */
  describe(rest: Float32Array): DescribedVoice {
    const speech = joined(this.#speech, rest);
    const vector =
      this.#speech.length < blockSamples
        ? this.#models.encoder.vectorOf(speech)
        : this.#encoder.copy().vectorsOf(0, speech, always)[0];
    let othersSeconds = this.#othersSeconds;
    for (let from = this.#lookedAt; from < speech.length; from += windowSamples) {
      // The last window is as long as the others, where there is enough.
      const at = Math.max(0, Math.min(from, speech.length - windowSamples));
      othersSeconds += this.#othersIn(speech.subarray(at, at + windowSamples));
    }
    return { vector, othersSeconds };
  }

  /** In each window, whoever speaks longest is the one who is meant. */
  #othersIn(window: Float32Array): number {
    const activity = this.#models.segmentation.run(window);
    const frames = activity.length / localSpeakers;
    if (frames === 0) return 0;
    const active = new Array<number>(localSpeakers).fill(0);
    for (let i = 0; i < activity.length; i++) if (activity[i]! >= activeFrom) active[i % localSpeakers]!++;
    const others = active.reduce((sum, count) => sum + count, 0) - Math.max(...active);
    return (others / frames) * (window.length / sampleRateHz);
  }
}

function joined(before: Float32Array, next: Float32Array): Float32Array<ArrayBuffer> {
  const all = new Float32Array(before.length + next.length);
  all.set(before);
  all.set(next, before.length);
  return all;
}
