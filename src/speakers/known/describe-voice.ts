import { sampleRateHz } from '../../types.ts';
import { localSpeakers, type NativeModels } from '../native-models.ts';

/** What a voice in a stretch of speech sounds like. */
export interface DescribedVoice {
  /** Undefined when there is too little to tell. */
  vector: Float32Array | undefined;
  /** For how long somebody else speaks too, at the same time or before or after, s. */
  othersSeconds: number;
}

/** The segmentation model has heard windows of so much, s. */
const windowSeconds = 5;
/** From this on, somebody is speaking. */
const activeFrom = 0.5;

/** Describes whoever speaks in samples at 16 kHz that hold speech and little else. */
export function describeVoice(models: NativeModels, speech: Float32Array): DescribedVoice {
  return { vector: models.encoder.vectorOf(speech), othersSeconds: othersIn(models, speech) };
}

/** In each window, whoever speaks longest is the one who is meant. */
function othersIn({ segmentation }: Pick<NativeModels, 'segmentation'>, speech: Float32Array): number {
  let seconds = 0;
  const length = windowSeconds * sampleRateHz;
  for (let from = 0; from < speech.length; from += length) {
    // The last window is as long as the others, where there is enough.
    const at = Math.max(0, Math.min(from, speech.length - length));
    const window = speech.subarray(at, at + length);
    const activity = segmentation.run(window);
    const frames = activity.length / localSpeakers;
    if (frames === 0) continue;
    const active = new Array<number>(localSpeakers).fill(0);
    for (let i = 0; i < activity.length; i++) if (activity[i]! >= activeFrom) active[i % localSpeakers]!++;
    const others = active.reduce((sum, count) => sum + count, 0) - Math.max(...active);
    seconds += (others / frames) * (window.length / sampleRateHz);
  }
  return seconds;
}
