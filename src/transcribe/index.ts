import { availableParallelism } from 'node:os';
import type { ChildModule } from '../platform/child-module.ts';
import type { Config } from '../config/index.ts';
import type { Log } from '../log.ts';
import { LocalEngine } from './engine.ts';
import { readKnownSound } from './known-sound.ts';
import { TranscriberPool } from './pool.ts';
import { FirstLook } from './first-look.ts';
import { SecondOpinion } from './second-opinion.ts';
import type { Transcriber } from './transcriber.ts';
import { createWorkers, gpuLine } from './workers.ts';

export type { ReadOptions, SegmentAudio, Transcriber, TranscriberInfo } from './transcriber.ts';

/** What a transcriber may be given besides its configuration. */
export interface TranscriberOptions {
  /** The verified file of the model `config.second`, which reads again whatever the first model is unsure of. */
  secondPath?: string;
  /** The verified file of the model `config.firstLook`, whose sure commands count at once. */
  firstLookPath?: string;
  /** Gets a line for each worker that ended and was replaced, and one that says why no GPU is used. Default: none. */
  log?: Log;
  /** The module of the worker processes; default: heed's. */
  module?: ChildModule;
  /** Whether there is an engine for a GPU; default: whether the set-up has built one. */
  hasGpuEngine?: boolean;
  /**
   * Whether a model is in heed's catalogue, so that it is known what it reads in the sound that each worker must read
   * before it is ready. Another one may know no English; of it only a sensible reading is expected. Default: none is.
   */
  isCatalogued?: (model: string) => boolean;
}

/**
 * Loads a verified model file into worker processes, or, with `engine: 'in-process'`, into this process. Resolves when
 * it can read.
 * @throws HeedError `native-failed` when the addon is not built, `bad-model` also when it does not read what it must,
 *   `timeout`, `worker-lost`
 */
export async function createTranscriber(
  config: Config['transcribe'],
  modelPath: string,
  { secondPath, firstLookPath, ...options }: TranscriberOptions = {},
): Promise<Transcriber> {
  let main = await createOne(config, modelPath, options);
  const beside = (model: string, path: string): Promise<Transcriber> =>
    createOne({ ...config, model, workers: 1 }, path, options);
  try {
    if (secondPath !== undefined) main = new SecondOpinion({ main, other: await beside(config.second, secondPath) });
    if (firstLookPath !== undefined)
      main = new FirstLook({ main, other: await beside(config.firstLook, firstLookPath) });
    return main;
  } catch (error) {
    await main.close();
    throw error;
  }
}

async function createOne(
  config: Config['transcribe'],
  modelPath: string,
  options: TranscriberOptions,
): Promise<Transcriber> {
  const knowsWords = options.isCatalogued?.(config.model) ?? false;
  const readers = config.workers === 0 ? Math.min(4, availableParallelism()) : config.workers;
  return config.engine === 'in-process'
    ? createLocal(config, modelPath, { ...options, knowsWords, readers })
    : createWorkers(config, modelPath, { ...options, knowsWords, readers });
}

async function createLocal(
  config: Config['transcribe'],
  modelPath: string,
  { readers, log, knowsWords }: TranscriberOptions & { readers: number; knowsWords: boolean },
): Promise<Transcriber> {
  const { gpu, integratedGpu } = config;
  const engine = await LocalEngine.load(modelPath, { gpu, integratedGpu, readers: { cpu: readers, gpu: readers } });
  if (engine.gpuProblem !== undefined) log?.(gpuLine(engine.gpuProblem));
  try {
    await readKnownSound(engine, { knowsWords });
  } catch (error) {
    await engine.close();
    throw error;
  }
  const pool = new TranscriberPool({ model: config.model, config, closeEngines: () => engine.close() });
  pool.join(engine);
  return pool;
}
