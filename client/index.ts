/**
 * The client of heed for pages, and for Node without its microphone.
 * @module heed/client
 */
export { HeedClient } from './heed-client.ts';
export type { Connection, HeedClientOptions, MicrophoneStatus } from './options.ts';
export type { Loss } from './lost-speech.ts';
export type { ClientEvents } from './listeners.ts';
export {
  listMicrophones,
  MicrophoneError,
  type MicrophoneDevice,
  type MicrophoneProblem,
  type AudioSource,
} from './microphone.ts';
export { HeedSpeechRecognition, type HeedSpeechRecognitionOptions } from './speech-recognition.ts';
export { createSpeechRecognition, install } from './install-speech-recognition.ts';
export type {
  RecognitionAlternative,
  RecognitionBaseEvent,
  RecognitionError,
  RecognitionErrorEvent,
  RecognitionEvents,
  RecognitionResult,
  RecognitionResultEvent,
  RecognitionResultList,
} from './speech-events.ts';
export type * from './events.ts';
