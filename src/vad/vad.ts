import type { Config } from '../config/index.ts';
import type { VadStream } from './vad-stream.ts';
import { VadThread } from './vad-thread.ts';

/** The voice activity model, shared by all streams. */
export interface Vad {
  /**
   * What answers took in the last 2 s that are over, the mean, ms; 0 when nobody asks any more. A stream whose frames
   * of 32 ms are answered later than that falls behind.
   */
  readonly answerMs: number;
  /** Opens a stream with a state of its own. @throws HeedError `closed` */
  openStream(): VadStream;
  /** Ends the model's thread after the run it is in; frames that still wait are rejected with `closed`. Idempotent. */
  close(): Promise<void>;
}

/**
 * Loads a voice activity model in a worker thread.
 * @throws HeedError `not-found`, `bad-model`, `native-failed`
 * @example
 * const vad = await createVad(defaultConfig.vad);
 * const stream = vad.openStream();
 * for (const frame of framer.push(samples)) console.log(await stream.probability(frame));
 */
export async function createVad(config: Config['vad']): Promise<Vad> {
  const thread = new VadThread(config);
  await thread.loaded;
  return {
    get answerMs() {
      return thread.answerMs;
    },
    openStream: () => thread.openStream(),
    close: () => thread.close(),
  };
}
