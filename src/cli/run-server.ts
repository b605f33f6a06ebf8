import type { Heed } from '../heed.ts';
import type { CliHost } from './host.ts';
import { exitCodes } from './program.ts';
import { StopSignals } from './stop-signals.ts';

/**
 * Runs the server until the process is told to end. Ctrl+C closes heed quickly; SIGTERM, which a service manager sends,
 * first lets everybody finish what they are saying.
 */
export async function runServer(
  heed: Heed,
  { done }: Pick<CliHost, 'done'>,
  onListening: (url: string) => void,
): Promise<void> {
  try {
    const { url } = await heed.listen();
    const signals = new StopSignals();
    onListening(url);
    const isTerm = (await signals.first) === 'SIGTERM';
    done(isTerm ? exitCodes.done : exitCodes.interrupted);
    if (isTerm) await heed.close({ drainMs: heed.config.server.drainMs });
  } finally {
    await heed.close();
  }
}
