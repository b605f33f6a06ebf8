import { Command, Option } from 'commander';
import { loadConfig, type Config, type ConfigInput } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import type { HeedOptions } from '../heed.ts';
import type { Problem } from '../grammar/index.ts';

/** Options that every verb has. */
export interface CommonOptions {
  json?: boolean;
  config?: string;
  commands?: string;
  model?: string;
  language?: string;
  engine?: string;
}

/** What `contextOption` adds. */
export interface ContextOptions {
  context?: string[];
}

/** Exit codes, the same for every verb. */
export const exitCodes = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** A verb with the options that all verbs share and a help text with examples. */
export function verb(name: string, summary: string, examples: string[]): Command {
  return new Command(name)
    .description(summary)
    .option('--json', 'one JSON object a line on standard output, nothing else')
    .option('--config <file>', 'options file (default: heed.config.json, if it is there)')
    .addHelpText(
      'after',
      `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}\n\nExit codes: 0 done, 1 failed or not understood, 2 wrong usage, 130 interrupted.`,
    );
}

/** Adds the options of verbs that hear. */
export function withSpeech(command: Command): Command {
  return command
    .option('--commands <dir>', 'folder of command files (default: commands)')
    .option('--model <name>', 'speech model: a name of `heed models`, or a file')
    .option('--language <code>', 'language of the speech, such as en, or auto');
}

/** The option of verbs that hear or read phrases as one speaker. */
export function contextOption(): Option {
  return new Option(
    '--context <names>',
    'contexts that are active, such as music or music,kitchen; may be given again',
  ).argParser((names: string, before: string[] = []) => [...before, ...names.split(',')]);
}

/** What the common options say, as overrides of the configuration. */
export function overrides(options: CommonOptions): ConfigInput {
  return {
    ...(options.language === undefined ? {} : { language: options.language }),
    ...(options.commands === undefined ? {} : { commands: { dir: options.commands } }),
    ...(options.model === undefined ? {} : { transcribe: { model: options.model } }),
  };
}

/** The configuration with the common options over it. */
export function configOf(options: CommonOptions): Config {
  return loadConfig({
    ...(options.config === undefined ? {} : { file: options.config }),
    overrides: overrides(options),
  });
}

/** How heed is created with the common options; `config` is what a verb wants over them. */
export function heedOptions(options: CommonOptions, config: ConfigInput = {}): HeedOptions {
  const base = overrides(options);
  return {
    ...(options.config === undefined ? {} : { configFile: options.config }),
    config: {
      ...base,
      ...config,
      ...(base.commands || config.commands ? { commands: { ...base.commands, ...config.commands } } : {}),
      ...(base.transcribe || config.transcribe ? { transcribe: { ...base.transcribe, ...config.transcribe } } : {}),
    },
  };
}

/**
 * What a verb wants that understands recordings and runs nothing: it looks into the traces, keeps no audio, and tells
 * nobody.
 */
export const dryRunConfig: ConfigInput = {
  commands: { watch: false },
  trace: { maxUtterances: 1_000, maxAudioMs: 0 },
  webhook: { url: '' },
};

/** Tells people what is wrong with the commands, a line each. */
export function printProblems(problems: readonly Problem[]): void {
  for (const { message, file, line } of problems)
    console.error(`! ${[file, line].filter((part) => part !== undefined).join(':')} ${message}`);
}

/** One line of output for programs. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Tells a failure in one line; an unexpected one with its cause. */
export function printError(error: unknown): void {
  if (error instanceof HeedError && error.code !== 'internal') console.error(`✗ ${error.message}`);
  else console.error(error);
}
