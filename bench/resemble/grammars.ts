import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HeedError } from '../../src/errors.ts';
import { compileGrammar, type Grammar } from '../../src/grammar/index.ts';
import type { Command } from '../../src/registry/index.ts';
import { repositoryDir } from '../lib/arguments.ts';
import { loadCommands } from '../lib/recogniser.ts';
import { languageOfRegistry } from './sentences.ts';
import type { Trial } from './trial.ts';
import { withoutValue } from './without-value.ts';

export interface GrammarsOptions {
  /** Whether "and" joins commands in every trial; otherwise it does so only in trials with two commands. */
  chain: boolean;
}

/** The grammars of the trials, each compiled once. */
export class Grammars {
  readonly #options: GrammarsOptions;
  readonly #commands = new Map<string, Promise<readonly Command[]>>();
  readonly #grammars = new Map<string, Promise<Grammar>>();

  constructor(options: GrammarsOptions) {
    this.#options = options;
  }

  /** Returns the commands of a registry. @throws HeedError `not-found` for one without a folder */
  commands(registry: string): Promise<readonly Command[]> {
    return lookUp(this.#commands, registry, () => loadCommands(folderOf(registry), languageOfRegistry(registry)));
  }

  #chains({ kind }: Pick<Trial, 'kind'>): boolean {
    return this.#options.chain || kind === 'two-commands';
  }

  /** Returns a key that is equal for trials with the same grammar. */
  keyOf({ registry, kind, missing }: Pick<Trial, 'registry' | 'kind' | 'missing'>): string {
    return JSON.stringify([registry, missing ?? null, this.#chains({ kind })]);
  }

  grammar(trial: Pick<Trial, 'registry' | 'kind' | 'missing'>): Promise<Grammar> {
    return lookUp(this.#grammars, this.keyOf(trial), async () => {
      const { registry, missing } = trial;
      const language = languageOfRegistry(registry);
      const commands = await this.commands(registry);
      return compileGrammar(missing ? withoutValue(commands, missing, language) : [...commands], {
        language,
        chain: this.#chains(trial),
      }).grammar;
    });
  }
}

/** Returns the folder under bench/commands. The commands of the registry "house" are the ones that heed ships. */
function folderOf(registry: string): string {
  const path = join(repositoryDir, registry === 'house' ? 'commands' : `bench/commands/${registry}`);
  if (existsSync(path)) return path;
  throw new HeedError(
    'not-found',
    `A folder with the commands of ${registry} was expected, but ${path} does not exist.`,
  );
}

function lookUp<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = make();
  map.set(key, value);
  return value;
}
