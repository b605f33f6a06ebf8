import type { Config } from '../config/index.ts';
import { msToSamples } from '../types.ts';
import { FrameList, type JudgedFrame } from './frame-list.ts';

/** What an open segment begins with. */
export interface OpenSegmentOptions {
  id: string;
  config: Config['vad'];
  /** The audio before the first frame of speech. */
  preRoll?: JudgedFrame[];
  /** The first frames of speech, at least one. */
  frames: JudgedFrame[];
}

/**
 * A fade that has not led to a pause after this long was not the end of speech: the voice was only unclear for a while.
 */
const maxFadeSamples = msToSamples(256);

/**
 * A segment that has not ended yet. What counts as speech follows vad-node's rule: a frame at or above the positive
 * threshold ends a silence, one below the negative threshold adds to it, and one between the two changes nothing.
 */
export class OpenSegment {
  readonly id: string;
  readonly startSample: number;
  /** The silence that ends the segment, samples, and the end reason that is reported then. */
  wait: { samples: number; endReason: 'silence' | 'complete' };
  readonly #config: Config['vad'];
  readonly #frames = new FrameList();
  #state: 'speech' | 'fading' | 'paused' = 'speech';
  #isVoiced = false;
  #fadeSample = 0;
  #speechSamples = 0;
  #silenceSamples = 0;
  #pauseSample = 0;

  constructor({ id, config, preRoll = [], frames }: OpenSegmentOptions) {
    this.id = id;
    this.#config = config;
    this.wait = usualWait(config);
    for (const frame of preRoll) this.#frames.push(frame);
    for (const frame of frames) this.push(frame);
    this.startSample = this.#frames.startSample;
  }

  /**
   * `fading` for a while from where speech seems to end; `paused` from `readEarlyAfterMs` of silence until the next
   * speech.
   */
  get state(): 'speech' | 'fading' | 'paused' {
    return this.#state;
  }

  /** The silence since the last speech, samples. */
  get silenceSamples(): number {
    return this.#silenceSamples;
  }

  /** Where the segment would end now (exclusive): where its pause was noticed, otherwise after its last frame. */
  get endSample(): number {
    return this.#state === 'paused' ? this.#pauseSample : this.#frames.endSample;
  }

  /** Must be called in a pause: if the segment ends now, it ends at this sample. */
  endAt(sample: number): void {
    if (this.#state === 'paused') this.#pauseSample = sample;
  }

  /** Whether the segment has too little speech to count as speech at all. */
  get isMisfire(): boolean {
    return this.#speechSamples < msToSamples(this.#config.minSpeechMs);
  }

  get isTooLong(): boolean {
    return this.#frames.endSample - this.startSample >= msToSamples(this.#config.maxSegmentMs);
  }

  push(frame: JudgedFrame): void {
    const { positiveThreshold, negativeThreshold, fadeThreshold, readEarlyAfterMs } = this.#config;
    this.#frames.push(frame);
    const isVoiced = frame.probability >= fadeThreshold;
    if (frame.probability >= positiveThreshold) {
      this.#speechSamples += frame.samples.length;
      this.#silenceSamples = 0;
      if (this.#state === 'paused') this.wait = usualWait(this.#config);
      if (this.#state === 'paused' || isVoiced) this.#state = 'speech';
    } else if (frame.probability < negativeThreshold) {
      this.#silenceSamples += frame.samples.length;
    }
    const { endSample } = this.#frames;
    if (this.#state === 'fading' && endSample - this.#fadeSample > maxFadeSamples) this.#state = 'speech';
    if (this.#state !== 'paused' && !this.isMisfire) {
      if (this.#silenceSamples >= msToSamples(readEarlyAfterMs))
        [this.#state, this.#pauseSample] = ['paused', endSample];
      else if (this.#isVoiced && !isVoiced) [this.#state, this.#fadeSample] = ['fading', endSample];
    }
    this.#isVoiced = isVoiced;
  }

  /**
   * Cuts at the quietest place of the second half: this segment keeps what lies before, the returned one begins with
   * the rest.
   */
  split(id: string): OpenSegment {
    const middle = this.startSample + msToSamples(this.#config.maxSegmentMs) / 2;
    const rest = new OpenSegment({
      id,
      config: this.#config,
      frames: this.#frames.cutAt(this.#frames.quietestAfter(middle)),
    });
    this.#speechSamples -= rest.#speechSamples;
    // A fade is reported when it begins, and this one began in the other segment.
    if (rest.#state === 'fading') rest.#state = 'speech';
    return rest;
  }

  /** Returns the samples up to `endSample`. */
  samples(): Float32Array {
    return this.#frames.slice(this.startSample, this.endSample);
  }

  /** Returns the frames from a sample on. */
  framesFrom(sample: number): JudgedFrame[] {
    return this.#frames.from(sample);
  }
}

function usualWait({ redemptionMs }: Config['vad']): OpenSegment['wait'] {
  return { samples: msToSamples(redemptionMs), endReason: 'silence' };
}
