import type { Heed, Listener } from '../heed.ts';
import type { CliHost } from './host.ts';
import { exitCodes } from './program.ts';
import { StopSignals } from './stop-signals.ts';

/** What the verbs that run a server do in their own way. */
export interface RunServerOptions extends Pick<CliHost, 'done'> {
  /** Starts the server; default: `heed.listen()`. */
  open?: () => Promise<Listener>;
  /** Tells whoever has started it where it listens. */
  tell: (listener: Listener) => void;
}

/**
 * Runs the server until the process is told to end. Ctrl+C closes heed quickly; SIGTERM, which a service manager sends,
 * first lets everybody finish what they are saying.
 */
export async function runServer(
  heed: Heed,
  { done, open = () => heed.listen(), tell }: RunServerOptions,
): Promise<void> {
  try {
    const listener = await open();
    const signals = new StopSignals();
    tell(listener);
    const isTerm = (await signals.first) === 'SIGTERM';
    done(isTerm ? exitCodes.done : exitCodes.interrupted);
    if (isTerm) await heed.close({ drainMs: heed.config.server.drainMs });
  } finally {
    await heed.close();
  }
}
