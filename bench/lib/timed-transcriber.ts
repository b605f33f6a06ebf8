import type { ReadOptions, SegmentAudio, Transcriber, TranscriberInfo } from '../../src/transcribe/transcriber.ts';
import { HeedError } from '../../src/errors.ts';
import type { Transcript } from '../../src/types.ts';

/** A reading that is done, whose result is given at its time. */
interface Result {
  dueMs: number;
  give: () => void;
}

/**
 * A recogniser on the clock of the sound: each reading takes as long as the processor worked for it, whatever else the
 * machine does meanwhile. It must read with one thread, and nothing else may happen in this process during a reading.
 */
export class TimedTranscriber implements Transcriber {
  /** The time on the sound's clock, ms. */
  nowMs = 0;
  /** How long each reading took, ms. */
  readonly readingsMs: number[] = [];
  readonly #transcriber: Transcriber;
  readonly #pace: number;
  readonly #results = new Set<Result>();
  #reading: Promise<void> = Promise.resolve();

  /** With a `pace` of 0.5 a reading takes half of its processor time, as with two idle cores. */
  constructor(transcriber: Transcriber, pace: number) {
    this.#transcriber = transcriber;
    this.#pace = pace;
  }

  get info(): TranscriberInfo {
    return this.#transcriber.info;
  }

  open(sessionId: string): SegmentAudio {
    const audio = this.#transcriber.open(sessionId);
    return {
      get length() {
        return audio.length;
      },
      append: (samples) => audio.append(samples),
      read: (options) => this.#read(audio, options),
      promote: () => undefined,
      close: () => void this.#reading.finally(() => audio.close()),
    };
  }

  load(): { waiting: number; running: number; capacity: number } {
    return { waiting: 0, running: this.#results.size, capacity: 2 };
  }

  /** Goes on to a time, and gives the results of the readings that are done by then, each at its own time. */
  async advance(toMs: number): Promise<void> {
    for (;;) {
      await this.#reading;
      const next = [...this.#results].sort((a, b) => a.dueMs - b.dueMs)[0];
      if (!next || next.dueMs > toMs) break;
      this.#results.delete(next);
      this.nowMs = Math.max(this.nowMs, next.dueMs);
      next.give();
      await turns();
    }
    this.nowMs = toMs;
  }

  close(): Promise<void> {
    return this.#transcriber.close();
  }

  #read(audio: SegmentAudio, { signal, ...options }: ReadOptions): Promise<Transcript> {
    const askedMs = this.nowMs;
    return new Promise((resolve, reject) => {
      let result: Result | undefined;
      signal?.addEventListener('abort', () => {
        if (result) this.#results.delete(result);
        reject(new HeedError('aborted', 'The reading was cancelled.'));
      });
      this.#reading = this.#reading.then(async () => {
        if (signal?.aborted) return;
        const before = process.cpuUsage();
        const transcript = await audio.read(options);
        const used = process.cpuUsage(before);
        const tookMs = (this.#pace * (used.user + used.system)) / 1000;
        this.readingsMs.push(tookMs);
        if (signal?.aborted) return;
        result = { dueMs: askedMs + tookMs, give: () => resolve({ ...transcript, inferenceMs: tookMs }) };
        this.#results.add(result);
      }, reject);
    });
  }
}

/** Lets everything happen that waits for a promise only. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
}
