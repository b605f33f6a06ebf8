import { frameSamples, msToSamples, type AudioFrame } from '../types.ts';

/**
 * How long sound that left the loudspeaker before it fell silent may still come from the microphone: the buffers of the
 * sound card, the echo of the room, and the way through the browser.
 */
const tailSamples = msToSamples(300);

/**
 * Knows in which frames of a stream heed's own voice may be heard. It counts samples and not time, because audio may
 * wait before it is judged.
 */
export class Deafness {
  #endSample = 0;
  #deafUntilSample = 0;

  /**
   * The client has begun, or stopped, to speak. When it was interrupted by a speaker who holds push-to-talk, the sound
   * that follows is the speaker's own.
   */
  setPlaying(isPlaying: boolean, isHeld: boolean): void {
    if (isPlaying) this.#deafUntilSample = Infinity;
    else if (this.#deafUntilSample === Infinity) {
      // The frame that is being collected has begun before.
      this.#deafUntilSample = this.#endSample + frameSamples + (isHeld ? 0 : tailSamples);
    } else if (isHeld) this.#deafUntilSample = 0;
  }

  /** Takes the stream's next frame; returns whether heed's own voice may be in it. */
  covers({ startSample, samples }: AudioFrame): boolean {
    this.#endSample = startSample + samples.length;
    return startSample < this.#deafUntilSample;
  }
}
