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
      if (this.restSamples === 0 && samples.length - at >= frameSamples) {
        frames.push(this.frameOf(samples.slice(at, at + frameSamples)));
        at += frameSamples;
        continue;
      }
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
    this.restSamples = 0;
    return this.frameOf(this.rest.slice());
  }

  private frameOf(samples: Float32Array): AudioFrame {
    const startSample = this.nextStart;
    this.nextStart += frameSamples;
    return { samples, startSample };
  }
}
