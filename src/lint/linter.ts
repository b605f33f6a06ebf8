import type { Config } from '../config/index.ts';
import type { CompiledLanguage, Registry } from '../registry/index.ts';
import type { Advice } from './advice.ts';
import { lintCommands } from './lint.ts';
import { findUnknownVoices } from './unknown-voices.ts';

/** Gives advice on the commands of a registry; they are looked at when it is first asked for after a change. */
export class Linter {
  readonly #registry: Pick<Registry, 'commands' | 'languages' | 'withLine'>;
  readonly #voices: () => readonly string[];
  readonly #config: Pick<Config, 'endpoint' | 'vad'>;
  #known: { languages: readonly CompiledLanguage[]; advice: readonly Advice[] } | undefined;

  /** @param voices returns the names of all whom heed knows by voice */
  constructor(
    registry: Pick<Registry, 'commands' | 'languages' | 'withLine'>,
    config: Pick<Config, 'endpoint' | 'vad'>,
    voices: () => readonly string[],
  ) {
    this.#registry = registry;
    this.#voices = voices;
    this.#config = config;
  }

  /** What would work better if it were written differently, with file and line. */
  get advice(): readonly Advice[] {
    const { languages } = this.#registry;
    if (this.#known?.languages !== languages) {
      const { endpoint, vad } = this.#config;
      const found = lintCommands(languages, { closed: endpoint.completeWaitMs, normal: vad.redemptionMs });
      this.#known = { languages, advice: found.map((advice) => this.#registry.withLine(advice)) };
    }
    const unknown = findUnknownVoices(this.#registry.commands, this.#voices());
    return [...this.#known.advice, ...unknown.map((advice) => this.#registry.withLine(advice))];
  }
}
