export { createDiarization, type Diarization, type SpeakerStream } from './diarization.ts';
export { loadNativeModels, type NativeModels } from './native-models.ts';
export { StreamDiarizer, type DiarizationOptions, type Heard, type Who } from './stream-diarizer.ts';
export type { Turn } from './timeline.ts';
