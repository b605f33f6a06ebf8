import type { Ears } from '../session/index.ts';
import type { SegmentAudio, Transcriber } from '../transcribe/transcriber.ts';

/** Longer than anybody waits: a reading of a recording is never given up for want of a worker. */
const maxWaitMs = 24 * 3_600_000;

/**
 * Ears that can be awaited until all their readings are done. They always report an empty queue, so that an early
 * reading is made even while other files are being read.
 */
export class PatientEars implements Ears {
  readonly vad: Ears['vad'];
  readonly transcriber: Transcriber;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor({ vad, transcriber }: Ears) {
    this.vad = vad;
    this.transcriber = {
      info: transcriber.info,
      open: (sessionId) => this.#watch(transcriber.open(sessionId)),
      load: () => ({ ...transcriber.load(), waiting: 0 }),
      close: () => transcriber.close(),
    };
  }

  /** Resolves when no reading is under way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  #watch(audio: SegmentAudio): SegmentAudio {
    return {
      get length() {
        return audio.length;
      },
      append: (samples) => audio.append(samples),
      read: (options) => {
        const reading = audio.read({ maxWaitMs, ...options });
        this.#underWay.add(reading);
        const forget = (): void => {
          this.#underWay.delete(reading);
        };
        reading.then(forget, forget);
        return reading;
      },
      promote: () => audio.promote(),
      close: () => audio.close(),
    };
  }
}
