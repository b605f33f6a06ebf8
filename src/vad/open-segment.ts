import type { Config } from '../config.ts';
import { msToSamples } from '../types.ts';
import { FrameList, type HeardFrame } from './frame-list.ts';

/** What an open segment begins with. */
export interface OpenSegmentOptions {
  id: string;
  config: Config['vad'];
  /** Audio in front of the first frame of speech. */
  preRoll?: HeardFrame[];
  /** The first frames, at least one. */
  frames: HeardFrame[];
}

/**
 * A segment that has not ended. What counts as speech is vad-node's rule: a frame from the positive threshold on ends a
 * silence, one below the negative threshold adds to it, and between the two nothing changes.
 */
export class OpenSegment {
  readonly id: string;
  readonly startSample: number;
  /** The silence that ends it, samples. */
  waitSamples: number;
  readonly #config: Config['vad'];
  readonly #frames = new FrameList();
  #state: 'speech' | 'paused' = 'speech';
  #speechSamples = 0;
  #silenceSamples = 0;
  #pauseSample = 0;

  constructor({ id, config, preRoll = [], frames }: OpenSegmentOptions) {
    this.id = id;
    this.#config = config;
    this.waitSamples = msToSamples(config.redemptionMs);
    for (const frame of preRoll) this.#frames.push(frame);
    for (const frame of frames) this.push(frame);
    this.startSample = this.#frames.startSample;
  }

  /** `paused` from `speculateAfterMs` of silence until the next speech. */
  get state(): 'speech' | 'paused' {
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

  /** Whether it has too little speech to be any. */
  get isMisfire(): boolean {
    return this.#speechSamples < msToSamples(this.#config.minSpeechMs);
  }

  get isTooLong(): boolean {
    return this.#frames.endSample - this.startSample >= msToSamples(this.#config.maxSegmentMs);
  }

  push(frame: HeardFrame): void {
    const { positiveThreshold, negativeThreshold, redemptionMs, speculateAfterMs } = this.#config;
    this.#frames.push(frame);
    if (frame.probability >= positiveThreshold) {
      this.#speechSamples += frame.samples.length;
      this.#silenceSamples = 0;
      if (this.#state === 'paused') this.waitSamples = msToSamples(redemptionMs);
      this.#state = 'speech';
    } else if (frame.probability < negativeThreshold) {
      this.#silenceSamples += frame.samples.length;
    }
    if (this.#state === 'speech' && !this.isMisfire && this.#silenceSamples >= msToSamples(speculateAfterMs)) {
      this.#state = 'paused';
      this.#pauseSample = this.#frames.endSample;
    }
  }

  /** Cuts at the quietest place of its second half: it keeps what lies before, the answered one begins with the rest. */
  split(id: string): OpenSegment {
    const middle = this.startSample + msToSamples(this.#config.maxSegmentMs) / 2;
    const rest = new OpenSegment({ id, config: this.#config, frames: this.#frames.cutAt(this.#frames.quietestAfter(middle)) });
    this.#speechSamples -= rest.#speechSamples;
    return rest;
  }

  /** Its samples up to `endSample`. */
  samples(): Float32Array {
    return this.#frames.slice(this.startSample, this.endSample);
  }

  /** Its frames from a sample on. */
  framesFrom(sample: number): HeardFrame[] {
    return this.#frames.from(sample);
  }
}
