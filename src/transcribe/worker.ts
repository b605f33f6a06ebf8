// The main module of a worker process: one engine, controlled by messages. It runs until the channel to its parent
// closes.
import { endWithParent } from '../platform/end-with-parent.ts';
import type { NativeAudio, NativeJob } from './binding.ts';
import { LocalEngine } from './engine.ts';
import { toWorkerSchema, type FromWorker, type ToWorker } from './worker-messages.ts';
import { engineError } from './reading.ts';
import type { DecoderGraph } from '../types.ts';

endWithParent();
// Ctrl-C reaches every process of the terminal, but it is for the parent to decide when this one ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

let engine: LocalEngine | undefined;
const audios = new Map<number, NativeAudio>();
const graphs = new Map<string, DecoderGraph>();
const jobs = new Map<number, NativeJob>();

function tell(message: FromWorker): void {
  // Errors are ignored: without a parent nobody waits for the message, and `disconnect` ends this process.
  process.send?.(message, undefined, undefined, () => undefined);
}

async function load({ path, gpuReaders, ...wanted }: Extract<ToWorker, { type: 'load' }>): Promise<void> {
  try {
    engine = await LocalEngine.load(path, { ...wanted, readers: { cpu: 1, gpu: gpuReaders } });
    const { readers, backend, device, gpuProblem, system, multilingual } = engine;
    const problem = gpuProblem === undefined ? {} : { gpuProblem };
    tell({ type: 'ready', readers, backend, device, ...problem, system, multilingual });
  } catch (error) {
    tell(failure(error));
  }
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function append({ audio, samples }: Extract<ToWorker, { type: 'append' }>): void {
  if (!audios.has(audio)) audios.set(audio, engine!.openAudio());
  audios.get(audio)!.append(samples);
}

async function read({ job, audio, read, graph }: Extract<ToWorker, { type: 'read' }>): Promise<void> {
  const handle = engine!.read(audios.get(audio)!, {
    ...read,
    ...(graph === undefined ? {} : { graph: graphs.get(graph)! }),
  });
  jobs.set(job, handle);
  try {
    tell({ type: 'done', job, reading: await handle.promise });
  } catch (error) {
    tell({ ...failure(error), job });
  } finally {
    jobs.delete(job);
  }
}

function failure(error: unknown): { type: 'failed'; code: string; message: string } {
  const { code, message } = engineError(error);
  return { type: 'failed', code, message };
}

function handle(message: ToWorker): void {
  switch (message.type) {
    case 'load':
      void load(message);
      break;
    case 'append':
      append(message);
      break;
    case 'close':
      audios.get(message.audio)?.close();
      audios.delete(message.audio);
      break;
    case 'graph':
      graphs.set(message.graph.id, message.graph);
      break;
    case 'forget':
      graphs.delete(message.graph);
      break;
    case 'read':
      void read(message);
      break;
    case 'ping':
      tell({ type: 'pong', cpuMs: cpuMs() });
      break;
    case 'abort':
      jobs.get(message.job)?.abort();
      break;
  }
}

process.on('message', (message) => handle(toWorkerSchema.parse(message)));
process.once('disconnect', () => {
  // There is no gentle way to stop while a model is still loading.
  if (!engine) process.kill(process.pid, 'SIGKILL');
  // The engine's own exit handler closes it.
  process.exit(0);
});
