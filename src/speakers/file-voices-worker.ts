// The worker thread that finds who speaks when in one recording.
import { parentPort, workerData } from 'node:worker_threads';
import { asHeedError, type ErrorCode } from '../errors.ts';
import { RunGuard } from '../vad/run-guard.ts';
import { FileDiarizer, type FileSpeakers } from './file-diarizer.ts';
import type { SpeakerCount } from './global-clustering.ts';
import { loadNativeModels, type ModelPaths, type NativeModels } from './native-models.ts';
import type { DiarizationOptions } from './stream-diarizer.ts';

/** What the thread is started with. */
export interface FileVoicesWorkerData {
  paths: ModelPaths;
  options: DiarizationOptions;
  guard: Int32Array;
}

/** Something that the thread is asked to do; it does one thing after the other. */
export type FileVoicesTask =
  | { type: 'load' }
  | { type: 'push'; samples: Float32Array }
  | { type: 'describe'; samples: Float32Array }
  | { type: 'finish'; count: SpeakerCount }
  | { type: 'stop' };

/** What a task results in. */
export type FileVoicesResult = FileSpeakers | Float32Array | undefined;

/** The end of a task: its result, or what it failed with. */
export type FileVoicesReply = { result: FileVoicesResult } | { failure: { code: ErrorCode; message: string } };

const port = parentPort!;
const { paths, options, guard: cells } = workerData as FileVoicesWorkerData;
const guard = new RunGuard(cells);
let models: NativeModels;
let diarizer: FileDiarizer;

async function run(task: FileVoicesTask): Promise<FileVoicesResult> {
  switch (task.type) {
    case 'load':
      models = await loadNativeModels(paths);
      diarizer = new FileDiarizer(models, options);
      return undefined;
    case 'push':
      diarizer.push(task.samples);
      return undefined;
    case 'describe':
      return models.encoder.vectorOf(task.samples);
    case 'finish':
      return diarizer.finish(task.count);
    case 'stop':
      port.close();
      return undefined;
  }
}

let tail: Promise<void> = Promise.resolve();
port.on('message', (task: FileVoicesTask) => {
  const reply = (message: FileVoicesReply): void => port.postMessage(message);
  tail = tail
    .then(() => guard.during(() => run(task)))
    .then((result) => reply({ result }))
    .catch((error: unknown) => {
      const { code, message } = asHeedError(error);
      reply({ failure: { code, message } });
    });
});
