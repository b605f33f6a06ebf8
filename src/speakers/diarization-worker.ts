// The worker thread of diarization: a window of one stream takes some tens of milliseconds, in which the thread does
// nothing else.
import { parentPort, workerData } from 'node:worker_threads';
import { asHeedError, type ErrorCode } from '../errors.ts';
import { RunGuard } from '../vad/run-guard.ts';
import { describeVoice, type DescribedVoice } from './known/describe-voice.ts';
import { loadNativeModels, type ModelPaths, type NativeModels } from './native-models.ts';
import { StreamDiarizer, type DiarizationOptions, type Heard, type Who } from './stream-diarizer.ts';

/** What the thread is started with. */
export interface DiarizationWorkerData {
  paths: ModelPaths;
  options: DiarizationOptions;
  guard: Int32Array;
}

/** The next samples of a stream, a question about it, a stream that is over, speech to be described, or the end. */
export type DiarizationRequest =
  | { type: 'hear'; stream: number; samples: Float32Array; isLate: boolean }
  | { type: 'ask'; stream: number; job: number; start: number; end: number }
  | { type: 'forget'; stream: number }
  | { type: 'describe'; job: number; speech: Float32Array }
  | { type: 'stop' };

/**
 * The models are loaded; samples were heard; an answer; what a voice sounds like; a request of a stream, the
 * description of a voice, or the loading (without `stream` and `job`) failed.
 */
export type DiarizationReply =
  | { type: 'ready' }
  | { type: 'heard'; stream: number; samples: number; windows: readonly Heard[] }
  | { type: 'answer'; stream: number; job: number; who: Who }
  | { type: 'described'; job: number; voice: DescribedVoice }
  | { type: 'failed'; stream?: number; job?: number; code: ErrorCode; message: string };

const port = parentPort!;
const { paths, options, guard: cells } = workerData as DiarizationWorkerData;
const guard = new RunGuard(cells);
const streams = new Map<number, StreamDiarizer>();

function reply(message: DiarizationReply): void {
  port.postMessage(message);
}

function fail(error: unknown, request?: DiarizationRequest): void {
  const { code, message } = asHeedError(error);
  const whose =
    request && 'stream' in request
      ? { stream: request.stream }
      : request && 'job' in request
        ? { job: request.job }
        : {};
  reply({ type: 'failed', ...whose, code, message });
}

function handle(models: NativeModels, request: DiarizationRequest): void {
  if (request.type === 'stop') return port.close();
  if (request.type === 'describe')
    return reply({ type: 'described', job: request.job, voice: describeVoice(models, request.speech) });
  const { stream } = request;
  if (request.type === 'forget') {
    streams.delete(stream);
    return;
  }
  const diarizer = streams.get(stream) ?? new StreamDiarizer(models, options);
  streams.set(stream, diarizer);
  if (request.type === 'hear') {
    const windows = diarizer.push(request.samples, request);
    reply({ type: 'heard', stream, samples: request.samples.length, windows });
  } else reply({ type: 'answer', stream, job: request.job, who: diarizer.who(request.start, request.end) });
}

try {
  const models = await guard.during(() => loadNativeModels(paths));
  if (models) {
    let tail: Promise<void> = Promise.resolve();
    port.on('message', (request: DiarizationRequest) => {
      tail = tail
        .then(() => guard.during(async () => handle(models, request)))
        .catch((error: unknown) => fail(error, request));
    });
    reply({ type: 'ready' });
  }
} catch (error) {
  fail(error);
}
