import { availableParallelism } from 'node:os';
import { childModule, type ChildModule } from '../platform/child-module.ts';
import type { Config } from '../config/index.ts';
import { LocalEngine } from './engine.ts';
import { EngineProcess } from './engine-process.ts';
import { EngineKeeper } from './keeper.ts';
import { TranscriberPool } from './pool.ts';
import { SecondOpinion } from './second-opinion.ts';
import type { Transcriber } from './transcriber.ts';

export type { ReadOptions, SegmentAudio, Transcriber, TranscriberInfo } from './transcriber.ts';

/** What a transcriber may be given beside its options. */
export interface TranscriberOptions {
  /** The verified file of the model `config.second`, which reads once more what the first one is unsure of. */
  secondPath?: string;
  /** Takes one line for each worker that ended and was replaced; default: none. */
  log?: (line: string) => void;
  /** The module of the worker processes; default: heed's. */
  module?: ChildModule;
}

/**
 * Loads a verified model file into worker processes, or, with `engine: 'in-process'`, into this process. Resolves when
 * it can read.
 * @throws HeedError `native-failed` when the addon is not built, `bad-model`, `timeout`, `worker-lost`
 */
export async function createTranscriber(
  config: Config['transcribe'],
  modelPath: string,
  { secondPath, ...options }: TranscriberOptions = {},
): Promise<Transcriber> {
  const first = await createOne(config, modelPath, options);
  if (secondPath === undefined) return first;
  try {
    return new SecondOpinion(
      first,
      await createOne({ ...config, model: config.second, workers: 1 }, secondPath, options),
    );
  } catch (error) {
    await first.close();
    throw error;
  }
}

async function createOne(
  config: Config['transcribe'],
  modelPath: string,
  options: TranscriberOptions,
): Promise<Transcriber> {
  const count = config.workers === 0 ? Math.min(4, availableParallelism()) : config.workers;
  return config.engine === 'in-process'
    ? createLocal(config, modelPath, count)
    : createWorkers(config, modelPath, { ...options, count });
}

async function createLocal(config: Config['transcribe'], modelPath: string, readers: number): Promise<Transcriber> {
  const engine = await LocalEngine.load(modelPath, { readers, gpu: config.gpu });
  const pool = new TranscriberPool({ model: config.model, config, closeEngines: () => engine.close() });
  pool.join(engine);
  return pool;
}

async function createWorkers(
  config: Config['transcribe'],
  modelPath: string,
  options: TranscriberOptions & { count: number },
): Promise<Transcriber> {
  const { count, log = () => undefined, module = childModule('./worker', import.meta.url) } = options;
  const pool = new TranscriberPool({ model: config.model, config, closeEngines: () => keeper.close() });
  const keeper = new EngineKeeper({
    count,
    log,
    spawn: (onExit) => new EngineProcess({ module, modelPath, config, onExit }),
    onJoin: (engine) => pool.join(engine),
    onLeave: (engine) => pool.leave(engine),
    onDown: (error) => pool.down(error),
  });
  await keeper.start();
  return pool;
}
