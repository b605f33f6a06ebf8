import { loadConfig, type Config } from '../config/index.ts';
import type { Heed, HeedOptions, Listener } from '../heed.ts';
import { reserveAddress } from '../server/index.ts';
import type { CliHost } from './host.ts';
import { exitCodes } from './program.ts';
import { StopSignals } from './stop-signals.ts';

/** What the verbs that run a server do in their own way. */
export interface RunServerOptions extends CliHost {
  /** How heed is created. */
  options: HeedOptions;
  /** Called when the address is free, before anything is loaded; what it throws ends the verb. */
  begin?: (config: Config) => void;
  /** Called when the commands are loaded, and the models are next. */
  onCommands?: (heed: Heed) => void;
  /** Tells whoever has started it where it listens. */
  tell: (listener: Listener, heed: Heed) => void;
}

/**
 * Runs the server until the process is told to end. Ctrl+C closes heed quickly; SIGTERM, which a service manager sends,
 * first lets everybody finish what they are saying.
 */
export async function runServer({ done, createHeed, options, ...verb }: RunServerOptions): Promise<void> {
  const { configFile: file, config: overrides } = options;
  const config = loadConfig({ ...(file === undefined ? {} : { file }), ...(overrides ? { overrides } : {}) });
  const free = await reserveAddress(config.server);
  let heed: Heed | undefined;
  try {
    verb.begin?.(config);
    heed = await createHeed(options);
    verb.onCommands?.(heed);
    await heed.ears();
    await free();
    const listener = await heed.listen();
    const signals = new StopSignals();
    verb.tell(listener, heed);
    const isTerm = (await signals.first) === 'SIGTERM';
    done(isTerm ? exitCodes.done : exitCodes.interrupted);
    if (isTerm) await heed.close({ drainMs: config.server.drainMs });
  } finally {
    await free();
    await heed?.close();
  }
}
