import type { AudioFrame } from '../types.ts';

/** One stream's way to the model. */
export interface VadStream {
  /**
   * The speech probability of a frame of 512 samples, 0–1. Frames are heard in the order of the calls. With vad-node
   * each third frame brings a new probability, the others repeat the last. Rejects with `busy` when 64 frames (2 s) of
   * the stream wait, `closed` after close(), `native-failed`.
   */
  probability(frame: AudioFrame): Promise<number>;
  /** Forgets the stream's state. Idempotent. */
  close(): void;
}
