import { asHeedError } from '../errors.ts';
import type { Priority, Transcript } from '../types.ts';
import type { ReadOptions, SegmentAudio, Transcriber, TranscriberInfo } from './transcriber.ts';

/** A reading that has ended. */
export interface EndedReading {
  /** What it was asked for; `file` is a part of a recording, which may wait longer than a speaker would. */
  kind: Priority | 'file';
  /** `aborted` is no failure: speech went on, or a more urgent reading needed the worker. */
  outcome: 'read' | 'aborted' | 'failed';
  /** From the request to the result, with the time that it waited, ms. */
  tookMs: number;
}

/** Takes each reading when it has ended. */
export type ReadingListener = (reading: EndedReading) => void;

/** A transcriber that tells of its readings. While nobody listens, readings take the direct way. */
export class WatchedTranscriber implements Transcriber {
  readonly #inner: Transcriber;
  readonly #listeners: ReadonlySet<ReadingListener>;

  /** @param listeners may change at any time */
  constructor(inner: Transcriber, listeners: ReadonlySet<ReadingListener>) {
    this.#inner = inner;
    this.#listeners = listeners;
  }

  get info(): TranscriberInfo {
    return this.#inner.info;
  }

  get restarts(): number {
    return this.#inner.restarts ?? 0;
  }

  open(sessionId: string): SegmentAudio {
    const audio = this.#inner.open(sessionId);
    return {
      get length() {
        return audio.length;
      },
      append: (samples) => audio.append(samples),
      read: (options) => (this.#listeners.size === 0 ? audio.read(options) : this.#watch(audio, options)),
      promote: () => audio.promote(),
      close: () => audio.close(),
    };
  }

  load(): { waiting: number; running: number; capacity: number } {
    return this.#inner.load();
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  async #watch(audio: SegmentAudio, options: ReadOptions): Promise<Transcript> {
    const startedMs = performance.now();
    const kind: EndedReading['kind'] = options.maxWaitMs === undefined ? options.priority : 'file';
    const tell = (outcome: EndedReading['outcome']): void => {
      const reading = { kind, outcome, tookMs: performance.now() - startedMs };
      for (const listener of this.#listeners) listener(reading);
    };
    try {
      const transcript = await audio.read(options);
      tell('read');
      return transcript;
    } catch (error) {
      tell(asHeedError(error).code === 'aborted' ? 'aborted' : 'failed');
      throw error;
    }
  }
}
