export { createDiarization, optionsOf, type Diarization, type SpeakerStream } from './diarization.ts';
export { KnownVoices, unknownVoice, type VoiceInfo } from './known/known-voices.ts';
export { checkVoiceName } from './known/known-voice.ts';
export { enoughSeconds, type Enrolled } from './known/enrol.ts';
export { speechOf } from './known/speech-of.ts';
export { trimToSpeech } from './known/trim-to-speech.ts';
export { loadVoiceModels, type NativeModels } from './native-models.ts';
export { StreamDiarizer, type DiarizationOptions, type Heard, type Who } from './stream-diarizer.ts';
export type { Turn } from './timeline.ts';
