import { hasAddon } from '../platform/load-addon.ts';
import { childModule, type ChildModule } from '../platform/child-module.ts';
import type { Config } from '../config/index.ts';
import type { HeedError } from '../errors.ts';
import type { Log } from '../log.ts';
import { EngineProcess } from './engine-process.ts';
import { EngineKeeper, type EngineKeeperOptions } from './keeper.ts';
import { TranscriberPool } from './pool.ts';
import type { Transcriber } from './transcriber.ts';

/** How worker processes are started. */
export interface WorkersOptions {
  /** How many readings run side by side. */
  readers: number;
  log?: Log;
  module?: ChildModule;
  hasGpuEngine?: boolean;
  knowsWords: boolean;
}

/** The line for the log if a GPU was wanted but the CPU reads. */
export function gpuLine(problem: string): string {
  return `The CPU reads instead of a GPU: ${problem}`;
}

/**
 * Makes a transcriber that reads in worker processes. On the CPU each process does one reading at a time. On a GPU a
 * single process does all of them, so that the GPU's memory holds the model once, unless `transcribe.workers` asks for
 * several. Only when the first process is ready is it known which of the two applies.
 */
export async function createWorkers(
  config: Config['transcribe'],
  modelPath: string,
  options: WorkersOptions,
): Promise<Transcriber> {
  const { readers, knowsWords, log = () => undefined, module = childModule('./worker', import.meta.url) } = options;
  const isAuto = config.workers === 0;
  let gpu = config.gpu && (options.hasGpuEngine ?? hasAddon('heed-gpu'));
  const doWithoutGpu = (problem: string): void => {
    if (gpu) log(gpuLine(problem));
    gpu = false;
  };
  const pool = new TranscriberPool({
    model: config.model,
    config,
    closeEngines: () => keeper.close(),
    letGiveWay: () => keeper.giveWay(),
  });
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
          knowsWords,
          onVoice: () => pool.wake(),
          onExit,
        });
        // A driver that crashes ends its worker, so the next worker does not use the GPU.
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
