import type { MicrophoneProblem } from './microphone.ts';
import type { RecognitionError } from './speech-events.ts';

/** The names that the Web Speech API has for what may be wrong with a microphone. */
export const errorOf: Record<MicrophoneProblem, RecognitionError> = {
  insecure: 'not-allowed',
  refused: 'not-allowed',
  missing: 'audio-capture',
  'in-use': 'audio-capture',
  lost: 'audio-capture',
  failed: 'audio-capture',
  unsupported: 'audio-capture',
  'no-connection': 'network',
};
