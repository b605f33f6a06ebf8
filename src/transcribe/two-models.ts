import type { Transcript } from '../types.ts';
import type { ReadOptions, SegmentAudio, Transcriber, TranscriberInfo } from './transcriber.ts';

/** Two models that share the work: what they are and how busy they are is told of the main one. */
export abstract class TwoModels implements Transcriber {
  protected readonly main: Transcriber;
  protected readonly other: Transcriber;

  constructor({ main, other }: { main: Transcriber; other: Transcriber }) {
    this.main = main;
    this.other = other;
  }

  abstract open(sessionId: string): SegmentAudio;

  get info(): TranscriberInfo {
    return this.main.info;
  }

  load(): { waiting: number; running: number; capacity: number } {
    return this.main.load();
  }

  get restarts(): number {
    return (this.main.restarts ?? 0) + (this.other.restarts ?? 0);
  }

  async close(): Promise<void> {
    await Promise.all([this.main.close(), this.other.close()]);
  }
}

/** The audio of one segment, which both models have. */
export abstract class AudioOfTwo implements SegmentAudio {
  protected readonly main: SegmentAudio;
  protected readonly other: SegmentAudio;
  #isPromoted = false;

  constructor({ main, other }: { main: SegmentAudio; other: SegmentAudio }) {
    this.main = main;
    this.other = other;
  }

  abstract read(options: ReadOptions): Promise<Transcript>;

  get length(): number {
    return this.main.length;
  }

  append(samples: Float32Array): void {
    this.main.append(samples);
    this.other.append(samples);
  }

  promote(): void {
    this.#isPromoted = true;
    this.main.promote();
    this.other.promote();
  }

  close(): void {
    this.main.close();
    this.other.close();
  }

  /** The options of the reading that follows the first one, meanwhile the segment may have ended. */
  protected again(options: ReadOptions): ReadOptions {
    return this.#isPromoted ? { ...options, priority: 'final' } : options;
  }
}
