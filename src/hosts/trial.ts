import { HeedError } from '../errors.ts';
import { Recent } from '../platform/recent.ts';
import type { Imported } from '../registry/index.ts';
import type { HostKeeper } from './host-keeper.ts';
import type { HostProcess } from './host-process.ts';

/** What a trial needs. */
export interface TrialOptions {
  keeper: Pick<HostKeeper, 'take'>;
  /** The longest time that a file may take, ms. */
  loadTimeoutMs: number;
  /** Makes the definition of a file that was imported. */
  definitionOf: (url: string, wired: unknown) => Promise<Imported>;
}

/** How many files are remembered that could not be imported. */
const maxFailed = 1_000;

/** A file that cannot be imported now is tried again when its command is given, which then fails with the reason. */
export const later = (): undefined => undefined;

/**
 * Imports files into a process that runs no command yet, where nothing is lost if a file ends or blocks it: then the
 * others are imported into another one.
 */
export class Trial {
  readonly #options: TrialOptions;
  readonly #failed = new Recent<string, { error: unknown }>(maxFailed);

  constructor(options: TrialOptions) {
    this.#options = options;
  }

  /** Adds what each file holds, or why it was refused. Returns the process that has all sound files. */
  async importAll(urls: readonly string[], imported: Map<string, Imported>): Promise<HostProcess> {
    const { keeper, loadTimeoutMs, definitionOf } = this.#options;
    let host = keeper.take();
    for (const url of urls) {
      // An address stands for the same content for ever, and what has hung once would hang each time.
      const known = this.#failed.get(url);
      if (known) {
        imported.set(url, known);
        continue;
      }
      try {
        imported.set(url, await definitionOf(url, await this.#import(host, url)));
      } catch (error) {
        imported.set(url, { error });
        this.#failed.set(url, { error });
      }
      if (!host.hasEnded) continue;
      host = keeper.take();
      for (const [sound, result] of imported)
        if (!('error' in result)) await host.import(sound, loadTimeoutMs).catch(later);
    }
    return host;
  }

  /** Imports a file into a process that must still answer after that. */
  async #import(host: HostProcess, url: string): Promise<unknown> {
    const { loadTimeoutMs } = this.#options;
    const { wired } = await host.import(url, loadTimeoutMs);
    // One that has ended is replaced, and the file is imported there.
    if ((await host.answers(loadTimeoutMs)) || host.hasEnded) return wired;
    host.kill('it does not answer since it has loaded a file');
    await host.exited;
    throw new HeedError(
      'timeout',
      'The process that has loaded this file does not answer any more. At its top level a file must not start to ' +
        'compute for long, nor change what heed itself needs there, such as the listeners of `process`.',
    );
  }
}
