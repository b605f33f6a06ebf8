import type { Config } from '../config/index.ts';
import { codeOrDefault } from '../language/index.ts';
import type { Command, Registry } from '../registry/index.ts';
import type { Advice } from './advice.ts';
import { lintCommands } from './lint.ts';

/** Gives advice on the commands of a registry; they are looked at when it is first asked for after a change. */
export class Linter {
  readonly #registry: Pick<Registry, 'commands' | 'withLine'>;
  readonly #config: Pick<Config, 'language' | 'endpoint' | 'vad'>;
  #known: { commands: readonly Command[]; advice: readonly Advice[] } | undefined;

  constructor(
    registry: Pick<Registry, 'commands' | 'withLine'>,
    config: Pick<Config, 'language' | 'endpoint' | 'vad'>,
  ) {
    this.#registry = registry;
    this.#config = config;
  }

  /** What would work better if it were written differently, with file and line. */
  get advice(): readonly Advice[] {
    const { commands } = this.#registry;
    if (this.#known?.commands !== commands) {
      const { language, endpoint, vad } = this.#config;
      const waitMs = { closed: endpoint.completeWaitMs, normal: vad.redemptionMs };
      const found = lintCommands(commands, { language: codeOrDefault(language), waitMs });
      this.#known = { commands, advice: found.map((advice) => this.#registry.withLine(advice)) };
    }
    return this.#known.advice;
  }
}
