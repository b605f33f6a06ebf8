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
    const { loadTimeoutMs } = this.#options;
    let host = await this.#take();
    for (const url of urls) {
      // An address stands for the same content for ever, and what has hung once would hang each time.
      const known = this.#failed.get(url);
      if (known) {
        imported.set(url, known);
        continue;
      }
      let result = await this.#import(host, url);
      const isSound = await host.answers(loadTimeoutMs);
      if (!isSound) {
        host.kill('it has not answered since it loaded a file');
        const how = await host.exited;
        if (!('error' in result)) result = { error: spoiled(how) };
      }
      imported.set(url, result);
      if ('error' in result) this.#failed.set(url, result);
      if (isSound) continue;
      host = await this.#take();
      for (const [sound, one] of imported) if (!('error' in one)) await host.import(sound, loadTimeoutMs).catch(later);
    }
    return host;
  }

  /** The time of a file begins when the process is there. */
  async #take(): Promise<HostProcess> {
    const host = this.#options.keeper.take();
    await host.ready.catch(later);
    return host;
  }

  async #import(host: HostProcess, url: string): Promise<Imported> {
    const { loadTimeoutMs, definitionOf } = this.#options;
    try {
      return await definitionOf(url, (await host.import(url, loadTimeoutMs)).wired);
    } catch (error) {
      return { error };
    }
  }
}

/** The error of a file after which its process is of no use. */
function spoiled(how: string): HeedError {
  return new HeedError(
    'timeout',
    `${how} A file must not compute for long at its top level, nor change what heed needs in its process, ` +
      'such as the listeners of `process`.',
  );
}
