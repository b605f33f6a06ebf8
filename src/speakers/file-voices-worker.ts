// The worker thread that finds who speaks when in one recording.
import { serveTasks } from '../platform/serve-tasks.ts';
import { FileDiarizer, type FileSpeakers } from './file-diarizer.ts';
import type { SpeakerCount } from './global-clustering.ts';
import { loadNativeModels, type ModelPaths } from './native-models.ts';
import type { DiarizationOptions } from './stream-diarizer.ts';

/** What the thread is started with. */
export interface FileVoicesData {
  paths: ModelPaths;
  options: DiarizationOptions;
}

/** What the thread does. */
export type FileVoicesTasks = {
  push: (samples: Float32Array) => void;
  describe: (samples: Float32Array) => Float32Array | undefined;
  finish: (count: SpeakerCount) => FileSpeakers;
};

await serveTasks<FileVoicesData>(async ({ paths, options }): Promise<FileVoicesTasks> => {
  const models = await loadNativeModels(paths);
  const diarizer = new FileDiarizer(models, options);
  return {
    push: (samples) => diarizer.push(samples),
    describe: (samples) => models.encoder.vectorOf(samples),
    finish: (count) => diarizer.finish(count),
  };
});
