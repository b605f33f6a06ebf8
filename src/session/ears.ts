import type { Transcriber } from '../transcribe/transcriber.ts';
import type { Vad } from '../vad/index.ts';

/** The voice activity model and the recogniser; all sessions share one pair, which is loaded once. */
export interface Ears {
  vad: Vad;
  transcriber: Transcriber;
  /** Why heed has chosen the speech model; absent where the user has. */
  modelChoice?: string;
}
