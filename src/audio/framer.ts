import { frameSamples, type AudioFrame } from '../types.ts';

/** Cuts a stream into frames of 512 samples and counts the samples since its start. */
export class Framer {
  private readonly rest = new Float32Array(frameSamples);
  private restSamples = 0;
  private nextStart = 0;

  /** Returns the frames that these samples complete; less than one frame stays buffered. */
  push(samples: Float32Array): AudioFrame[] {
    const frames: AudioFrame[] = [];
    for (let at = 0; at < samples.length;) {
      const taken = Math.min(frameSamples - this.restSamples, samples.length - at);
      this.rest.set(samples.subarray(at, at + taken), this.restSamples);
      this.restSamples += taken;
      at += taken;
      if (this.restSamples === frameSamples) frames.push(this.take());
    }
    return frames;
  }

  /** Returns the last, incomplete frame, padded with silence. */
  flush(): AudioFrame | undefined {
    if (this.restSamples === 0) return undefined;
    this.rest.fill(0, this.restSamples);
    return this.take();
  }

  private take(): AudioFrame {
    const frame = { samples: this.rest.slice(), startSample: this.nextStart };
    this.nextStart += frameSamples;
    this.restSamples = 0;
    return frame;
  }
}
