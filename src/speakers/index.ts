export { createDiarization, optionsOf, type Diarization, type SpeakerStream } from './diarization.ts';
export { openFileVoices, type FileVoices } from './file-voices.ts';
export type { FileSpeakers } from './file-diarizer.ts';
export { nameVoices, type KnownVoice } from './known-voices.ts';
export type { SpeakerCount } from './global-clustering.ts';
export { loadVoiceEncoder, loadVoiceModels, type NativeModels } from './native-models.ts';
export { StreamDiarizer, type DiarizationOptions, type Heard, type Who } from './stream-diarizer.ts';
export type { Turn } from './timeline.ts';
export { encoderModel, type VoiceEncoder } from './voice-encoder.ts';
