import type { AudioFrame } from '../types.ts';

/** One stream's access to the model. */
export interface VadStream {
  /**
   * Returns the speech probability of a frame of 512 samples, 0–1. Frames are processed in the order of the calls. With
   * vad-node only every third frame brings a new probability; the others repeat the last one. Rejects with `busy` when
   * 64 frames (2 s) of the stream are waiting, with `closed` after close(), and with `native-failed`.
   */
  probability(frame: AudioFrame): Promise<number>;
  /** Forgets the state of the stream. Idempotent. */
  close(): void;
}
