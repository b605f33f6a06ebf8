import { Command, Option } from 'commander';
import { loadConfig, type Config, type ConfigInput } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { printable } from '../log.ts';
import type { HeedOptions } from '../heed.ts';
import type { Problem } from '../grammar/index.ts';
import type { Advice } from '../lint/index.ts';

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

/** The exit codes of every verb. */
export const exitCodes = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Makes a verb with the options that all verbs share and a help text with examples. */
export function verb(name: string, summary: string, examples: string[]): Command {
  return new Command(name)
    .description(summary)
    .option('--json', 'write nothing but JSON to standard output, one object a line')
    .option('--config <file>', 'options file (default: heed.config.json, if it exists)')
    .addHelpText(
      'after',
      `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}\n\n` +
        'Exit codes: 0 done, 1 failed or not understood, 2 wrong usage, 130 interrupted.',
    );
}

/** Adds the options of verbs that understand speech or phrases. */
export function withSpeech(command: Command): Command {
  return command
    .option('--commands <dir>', 'folder of command files (default: commands)')
    .option('--model <name>', 'speech model: a name that `heed models` lists, or a file')
    .option('--language <code>', 'language of the speech, such as en, or auto');
}

/** Makes the option of verbs that take phrases from one speaker. */
export function contextOption(): Option {
  return new Option(
    '--context <names>',
    'active contexts, such as music or music,kitchen; may be given several times',
  ).argParser((names: string, before: string[] = []) => [...before, ...names.split(',')]);
}

/** Returns the common options as overrides of the configuration. */
export function overrides(options: CommonOptions): ConfigInput {
  return {
    ...(options.language === undefined ? {} : { language: options.language }),
    ...(options.commands === undefined ? {} : { commands: { dir: options.commands } }),
    ...(options.model === undefined ? {} : { transcribe: { model: options.model } }),
  };
}

/** Loads the configuration, overridden by the common options. */
export function configOf(options: CommonOptions): Config {
  return loadConfig({
    ...(options.config === undefined ? {} : { file: options.config }),
    overrides: overrides(options),
  });
}

/** Returns the options to create heed with: the common ones, overridden by the verb's own `config`. */
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
 * The configuration of verbs that understand recordings without running commands: the result is taken from the traces,
 * so many of them are kept, but no audio; and no webhook must learn of a dry run.
 */
export const dryRunConfig: ConfigInput = {
  commands: { watch: false },
  trace: { maxUtterances: 1_000, maxAudioMs: 0 },
  webhook: { url: '' },
};

/** Prints what is wrong with the commands, one problem a line. */
export function printProblems(problems: readonly Problem[]): void {
  for (const problem of problems) console.error(`! ${problemText(problem)}`);
}

/** Returns a problem behind its place, which editors and terminals recognise. */
export function problemText({ message, file, line }: Pick<Problem, 'message' | 'file' | 'line'>): string {
  const place = [file, line].filter((part) => part !== undefined).join(':');
  return printable(place === '' ? message : `${place}: ${message}`);
}

/** Returns advice on commands behind its place, with what to do about it. */
export function adviceText(advice: Advice): string {
  return `${problemText(advice)} ${advice.fix}`;
}

/** Prints a value as one line of JSON. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Prints the failure of one of several files; the others go on. */
export function printFileError(file: string, error: unknown): void {
  if (error instanceof HeedError && error.code !== 'internal') console.error(`✗ ${file}: ${error.message}`);
  else console.error(`✗ ${file}:`, error);
}

/** Prints a failure as one line, but an unexpected one with its stack and cause. */
export function printError(error: unknown): void {
  if (error instanceof HeedError && error.code !== 'internal') console.error(`✗ ${printable(error.message)}`);
  else console.error(error);
}
