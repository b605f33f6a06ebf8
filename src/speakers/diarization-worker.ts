// The worker thread of diarization: a window of one stream takes some tens of milliseconds, in which the thread does
// nothing else.
import { serveTasks } from '../platform/serve-tasks.ts';
import { SpeechDescriber, type DescribedVoice } from './known/speech-describer.ts';
import { loadNativeModels, type ModelPaths } from './native-models.ts';
import {
  StreamDiarizer,
  type DiarizationOptions,
  type Heard,
  type PushedSamples,
  type Who,
} from './stream-diarizer.ts';

/** What the thread is started with. */
export interface DiarizationData {
  paths: ModelPaths;
  options: DiarizationOptions;
}

/** What the thread does with streams and with speech, each known by a number. */
export type DiarizationTasks = {
  /** Takes the next samples of a stream. */
  hear: (stream: number, samples: Float32Array, state: PushedSamples) => Heard[];
  who: (stream: number, start: number, end: number) => Who;
  /** Takes what is said next in speech whose voice will be described. */
  listen: (speech: number, samples: Float32Array) => void;
  describe: (speech: number, rest: Float32Array) => DescribedVoice;
  /** Forgets a stream, or speech. */
  forget: (number: number) => void;
};

await serveTasks<DiarizationData>(async ({ paths, options }): Promise<DiarizationTasks> => {
  const models = await loadNativeModels(paths);
  const streams = new Map<number, StreamDiarizer>();
  const speeches = new Map<number, SpeechDescriber>();
  const streamOf = (number: number): StreamDiarizer =>
    streams.get(number) ?? setIn(streams, number, new StreamDiarizer(models, options));
  const speechOf = (number: number): SpeechDescriber =>
    speeches.get(number) ?? setIn(speeches, number, new SpeechDescriber(models));
  return {
    hear: (stream, samples, state) => streamOf(stream).push(samples, state),
    who: (stream, start, end) => streamOf(stream).who(start, end),
    listen: (speech, samples) => speechOf(speech).push(samples),
    describe: (speech, rest) => speechOf(speech).describe(rest),
    forget: (number) => {
      streams.delete(number);
      speeches.delete(number);
    },
  };
});

function setIn<T>(map: Map<number, T>, number: number, value: T): T {
  map.set(number, value);
  return value;
}
