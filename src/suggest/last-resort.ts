import type { Config } from '../config/index.ts';
import { asHeedError } from '../errors.ts';
import type { Log } from '../log.ts';
import { ensureSentenceModel } from '../models/index.ts';
import { childModule } from '../platform/child-module.ts';
import type { CommandMatch } from '../types.ts';
import { findLlama } from './llama-library.ts';
import { ModelProcess } from './model-process.ts';
import type { SentenceModel } from './sentence-model.ts';
import { Suggester, type Unmatched } from './suggester.ts';

/** What the last resort needs. */
export interface LastResortOptions {
  /** Loads the model. */
  load: () => Promise<SentenceModel>;
  log: Log;
}

/** How often a model that ended while it worked is loaded again. */
const maxRestarts = 3;

/** Loads the sentence model of the options into a process of its own, and fetches it before if necessary. */
export async function loadSentenceModel({ match, models }: Pick<Config, 'match' | 'models'>): Promise<SentenceModel> {
  const library = findLlama();
  const path = await ensureSentenceModel(match.model, models);
  const model = new ModelProcess({ module: childModule('./model-worker', import.meta.url), library, path });
  await model.ready;
  return model;
}

/**
 * Suggests commands for words that match none, as long as there is a model. Nothing waits for the model: while it is
 * being loaded, and after it has failed, nothing is suggested, and the log says why.
 */
export class LastResort {
  readonly #options: LastResortOptions;
  #suggester: Promise<Suggester | undefined> | undefined;
  #ready: Suggester | undefined;
  #restarts = 0;
  #isClosed = false;

  constructor(options: LastResortOptions) {
    this.#options = options;
  }

  /** Begins to load the model, unless that has begun. */
  start(): void {
    this.#suggester ??= this.#load();
  }

  /** Returns the command that was probably meant, if there is a model and it finds one. Never rejects. */
  async suggest(unmatched: Unmatched): Promise<CommandMatch | undefined> {
    const suggester = this.#ready;
    try {
      return await suggester?.suggest(unmatched);
    } catch (error) {
      if (this.#ready === suggester && !this.#isClosed) this.#replace(asHeedError(error).message);
      return undefined;
    }
  }

  /** Resolves when the model is loaded, or cannot be. */
  async settled(): Promise<void> {
    await this.#suggester;
  }

  /** Ends the model. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await (await this.#suggester)?.close();
  }

  #replace(reason: string): void {
    void this.#ready?.close();
    this.#ready = undefined;
    const isLast = this.#restarts++ === maxRestarts;
    this.#options.log(`${reason} ${isLast ? 'It stays off until heed starts again.' : 'It is loaded again.'}`, {
      level: 'error',
    });
    if (!isLast) this.#suggester = this.#load();
  }

  async #load(): Promise<Suggester | undefined> {
    try {
      const suggester = new Suggester(await this.#options.load());
      if (this.#isClosed) await suggester.close();
      else this.#ready = suggester;
      return suggester;
    } catch (error) {
      this.#options.log(`Nothing will be suggested: ${asHeedError(error).message}`, { level: 'error' });
      return undefined;
    }
  }
}
