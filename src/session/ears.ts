import type { Transcriber } from '../transcribe/transcriber.ts';
import type { Vad } from '../vad/index.ts';

/** What hears for all sessions, loaded once: the voice activity model and the recogniser. */
export interface Ears {
  vad: Vad;
  transcriber: Transcriber;
}
