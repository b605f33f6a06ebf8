import type { Config } from '../config/index.ts';
import { msToSamples } from '../types.ts';
import { FrameList, type JudgedFrame } from './frame-list.ts';

/** What an open segment begins with. */
export interface OpenSegmentOptions {
  id: string;
  config: Config['vad'];
  /** Audio in front of the first frame of speech. */
  preRoll?: JudgedFrame[];
  /** The first frames, at least one. */
  frames: JudgedFrame[];
}

/** A fade that has led to no pause by then was no end of speech: the voice was only unclear for a while. */
const maxFadeSamples = msToSamples(256);

/**
 * A segment that has not ended. What counts as speech is vad-node's rule: a frame from the positive threshold on ends a
 * silence, one below the negative threshold adds to it, and between the two nothing changes.
 */
export class OpenSegment {
  readonly id: string;
  readonly startSample: number;
  /** The silence that ends it, samples, and what its end is called then. */
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
   * `fading` from where speech seems to end, for a while; `paused` from `readEarlyAfterMs` of silence until the next
   * speech.
   */
  get state(): 'speech' | 'fading' | 'paused' {
    return this.#state;
  }

  /** Silence since the last speech, samples. */
  get silenceSamples(): number {
    return this.#silenceSamples;
  }

  /** Where it would end now (exclusive): where its pause was noticed, else after its last frame. */
  get endSample(): number {
    return this.#state === 'paused' ? this.#pauseSample : this.#frames.endSample;
  }

  /** In a pause: the segment ends at this sample, if it ends now. */
  endAt(sample: number): void {
    if (this.#state === 'paused') this.#pauseSample = sample;
  }

  /** Whether it has too little speech to be any. */
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
   * Cuts at the quietest place of its second half: it keeps what lies before, the answered one begins with the rest.
   */
  split(id: string): OpenSegment {
    const middle = this.startSample + msToSamples(this.#config.maxSegmentMs) / 2;
    const rest = new OpenSegment({
      id,
      config: this.#config,
      frames: this.#frames.cutAt(this.#frames.quietestAfter(middle)),
    });
    this.#speechSamples -= rest.#speechSamples;
    // A fade is told of when it begins, and this one began in the other segment.
    if (rest.#state === 'fading') rest.#state = 'speech';
    return rest;
  }

  /** Its samples up to `endSample`. */
  samples(): Float32Array {
    return this.#frames.slice(this.startSample, this.endSample);
  }

  /** Its frames from a sample on. */
  framesFrom(sample: number): JudgedFrame[] {
    return this.#frames.from(sample);
  }
}

function usualWait({ redemptionMs }: Config['vad']): OpenSegment['wait'] {
  return { samples: msToSamples(redemptionMs), endReason: 'silence' };
}
