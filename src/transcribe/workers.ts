import { hasAddon } from '../platform/load-addon.ts';
import { childModule, type ChildModule } from '../platform/child-module.ts';
import type { Config } from '../config/index.ts';
import type { HeedError } from '../errors.ts';
import { EngineProcess } from './engine-process.ts';
import { EngineKeeper, type EngineKeeperOptions } from './keeper.ts';
import { TranscriberPool } from './pool.ts';
import type { Transcriber } from './transcriber.ts';

/** What worker processes are started with. */
export interface WorkersOptions {
  /** Readings side by side. */
  readers: number;
  log?: (line: string) => void;
  module?: ChildModule;
  hasGpuEngine?: boolean;
}

/** What the log says where a GPU was wanted and the CPU reads. */
export function gpuLine(problem: string): string {
  return `No GPU reads, the CPU does: ${problem}`;
}

/**
 * A transcriber over worker processes: on the CPU one for each reading at a time. On a GPU one has them all, so that
 * its memory holds the model once, unless `transcribe.workers` wants several. The first tells which it is.
 */
export async function createWorkers(
  config: Config['transcribe'],
  modelPath: string,
  options: WorkersOptions,
): Promise<Transcriber> {
  const { readers, log = () => undefined, module = childModule('./worker', import.meta.url) } = options;
  const isAuto = config.workers === 0;
  let gpu = config.gpu && (options.hasGpuEngine ?? hasAddon('heed-gpu'));
  const doWithoutGpu = (problem: string): void => {
    if (gpu) log(gpuLine(problem));
    gpu = false;
  };
  const pool = new TranscriberPool({ model: config.model, config, closeEngines: () => keeper.close() });
  const keep = (count: EngineKeeperOptions['count']): EngineKeeper =>
    new EngineKeeper({
      count,
      log,
      spawn: (onExit) => {
        const engine = new EngineProcess({
          module,
          modelPath,
          config: { ...config, gpu },
          gpuReaders: isAuto ? readers : 1,
          onExit,
        });
        // A driver that crashes takes the worker with it: the next one does without.
        engine.ready.catch((error: HeedError) => {
          if (error.code !== 'closed' && error.code !== 'bad-model') doWithoutGpu(error.message);
        });
        return engine;
      },
      onJoin: (engine) => {
        if (engine.gpuProblem !== undefined) doWithoutGpu(engine.gpuProblem);
        pool.join(engine);
      },
      onLeave: (engine) => pool.leave(engine),
      onDown: (error) => pool.down(error),
    });
  const hadGpu = gpu;
  let keeper = keep(gpu && isAuto ? (first) => (first.backend === 'cpu' ? readers : 1) : readers);
  try {
    await keeper.start();
  } catch (error) {
    if (gpu === hadGpu) throw error;
    keeper = keep(readers);
    await keeper.start();
  }
  return pool;
}
