import type { Config } from '../config/index.ts';
import type { VadStream } from './vad-stream.ts';
import type { HeedError } from '../errors.ts';
import { VadThread } from './vad-thread.ts';

/** The voice activity model, shared by all streams. */
export interface Vad {
  /**
   * The mean response time of the model over the last full 2 s, ms; 0 when no frames come any more. Frames last 32 ms,
   * so a stream falls behind when the model takes longer than that.
   */
  readonly answerMs: number;
  /** Why the model judges no more frames; absent or undefined while it does. */
  readonly failure?: HeedError | undefined;
  /** Opens a stream with a state of its own, for what is heard live. @throws HeedError `closed` */
  openStream(): VadStream;
  /** The same for whole files, which may wait for what is heard live; default: `openStream`. */
  openFileStream?(): Promise<VadStream>;
  /** Ends the model's thread after its current run; frames that still wait are rejected with `closed`. Idempotent. */
  close(): Promise<void>;
}

/**
 * Loads a voice activity model in a worker thread, and in another one when the first file comes.
 * @throws HeedError `not-found`, `bad-model`, `native-failed`
 * @example
 * const vad = await createVad(defaultConfig.vad);
 * const stream = vad.openStream();
 * for (const frame of framer.push(samples)) console.log(await stream.probability(frame));
 */
export async function createVad(config: Config['vad']): Promise<Vad> {
  const thread = new VadThread(config);
  await thread.loaded;
  let ofFiles: VadThread | undefined;
  return {
    get answerMs() {
      return thread.answerMs;
    },
    get failure() {
      return thread.failure;
    },
    openStream: () => thread.openStream(),
    openFileStream: async () => {
      if (thread.failure) throw thread.failure;
      ofFiles ??= new VadThread(config, { givesWay: true });
      await ofFiles.loaded;
      return ofFiles.openStream();
    },
    close: async () => {
      await Promise.all([thread.close(), ofFiles?.close()]);
    },
  };
}
