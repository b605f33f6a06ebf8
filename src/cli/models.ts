import type { Command } from 'commander';
import type { CliHost } from './host.ts';
import { HeedError } from '../errors.ts';
import {
  catalogue,
  ensureNamed,
  importModel,
  listModels,
  verifyModels,
  type ModelStatus,
  type WorkOptions,
} from '../models/index.ts';
import { standardInput, withFile } from './input.ts';
import { configOf, exitCodes, printJson, verb, type CommonOptions } from './program.ts';
import { megabytes, StatusLine } from './status-line.ts';

/** More than the largest speech model has. */
const maxModelBytes = 16 * 1024 ** 3;

type Done = (code: number) => void;

/** `heed models` lists the models; its verbs get, import and verify them. */
export function modelsVerb({ done }: Pick<CliHost, 'done'>): Command {
  return verb('models', 'List the models, or get, import and verify them', [
    'heed models',
    'heed models get small.en-q5_1',
    'heed models import ./my-fine-tuned-whisper --name mine',
    'heed models verify',
  ])
    .action(async (_options: CommonOptions, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      const models = await listModels(configOf(options).models);
      if (options.json === true)
        models.forEach((model) =>
          printJson({
            name: model.name,
            kind: model.kind,
            size_bytes: model.sizeBytes,
            languages: model.languages,
            licence: model.licence,
            present: model.isPresent,
            path: model.path,
          }),
        );
      else printTable(models);
      done(exitCodes.done);
    })
    .addCommand(getVerb(done))
    .addCommand(importVerb(done))
    .addCommand(verifyVerb(done));
}

function getVerb(done: Done): Command {
  return verb('get', 'Fetch models of the catalogue, unless they are already installed and intact', [
    'heed models get base',
    'heed models get tiny.en small.en --json',
  ])
    .argument(
      '<names...>',
      `names of models, such as ${catalogue
        .slice(0, 2)
        .map(({ name }) => name)
        .join(', ')}`,
    )
    .action(async (names: string[], _options: CommonOptions, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await interruptible(done, async (work) => {
        for (const name of names) {
          const path = await ensureNamed(name, configOf(options).models, work);
          if (options.json === true) printJson({ name, path });
          else console.log(`✓ ${name}: ${path}`);
        }
        done(exitCodes.done);
      });
    });
}

function importVerb(done: Done): Command {
  const command: Command = verb(
    'import',
    'Make a model of your own from a Whisper folder (CTranslate2 or Hugging Face safetensors) or a ggml file',
    [
      'heed models import ./whisper-small-finetuned',
      'heed models import ./ct2-folder --name clinic',
      'heed dev --model clinic',
    ],
  )
    .argument('<source>', 'folder or file; - for a ggml file on standard input')
    .option('--name <name>', 'name of the new model (default: the name of the folder or file)')
    .action(async (source: string) => {
      const options = command.optsWithGlobals<CommonOptions & { name?: string }>();
      if (source === standardInput && options.name === undefined)
        command.error('error: --name is needed for a model on standard input.');
      await interruptible(done, async (work) => {
        const { name, path, sha256 } = await withFile(source, { maxBytes: maxModelBytes, ...work }, (file) =>
          importModel(file, configOf(options).models, {
            ...work,
            ...(options.name === undefined ? {} : { name: options.name }),
          }),
        );
        if (options.json === true) printJson({ name, path, sha256 });
        else console.log(`✓ ${name}: ${path}\n  Use it with --model ${name}, or set transcribe.model.`);
        done(exitCodes.done);
      });
    });
  return command;
}

function verifyVerb(done: Done): Command {
  return verb('verify', 'Check the checksums of model files, and remove files that are damaged', [
    'heed models verify',
    'heed models verify base --json',
  ])
    .argument('[names...]', 'names of models (default: all installed ones)')
    .action(async (names: string[], _options: CommonOptions, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await interruptible(done, async (work) => {
        const results = await verifyModels(names, configOf(options).models, work);
        for (const { name, path, sha256, isGood } of results) {
          if (options.json === true) printJson({ name, path, sha256, good: isGood });
          else
            console.log(
              isGood ? `✓ ${name}: ${path}` : `✗ ${name}: the checksum of ${path} was wrong; the file was removed.`,
            );
        }
        if (results.length === 0 && options.json !== true)
          console.log('No model is installed. Get one with: heed models get base');
        done(results.every(({ isGood }) => isGood) ? exitCodes.done : exitCodes.failed);
      });
    });
}

/** Runs long work with a status line, and aborts it on Ctrl+C. What is left on the disk then, a later run continues. */
async function interruptible(done: Done, work: (options: WorkOptions) => Promise<void>): Promise<void> {
  const interrupt = new AbortController();
  const onInterrupt = (): void => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  const status = new StatusLine();
  try {
    await work({
      signal: interrupt.signal,
      onProgress: (progress) => status.show(progress.phase, progress.doneBytes, progress.totalBytes),
    });
  } catch (error) {
    if (!(error instanceof HeedError) || error.code !== 'aborted') throw error;
    console.error('Interrupted.');
    done(exitCodes.interrupted);
  } finally {
    status.clear();
    process.removeListener('SIGINT', onInterrupt);
  }
}

function printTable(models: ModelStatus[]): void {
  const width = Math.max(...models.map(({ name }) => name.length));
  for (const { name, kind, sizeBytes, languages, licence, isPresent } of models) {
    const mark = isPresent ? '✓' : ' ';
    const size = megabytes(sizeBytes).padStart(8);
    console.log(`${mark} ${name.padEnd(width)}  ${size}  ${languages.padEnd(13)}  ${kind.padEnd(9)}  ${licence}`);
  }
  console.log('\n✓ means that a model is installed. Get another one with: heed models get NAME');
}
