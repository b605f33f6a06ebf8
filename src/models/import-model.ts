import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { modelsFolder, type Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { fileNameOf, findInCatalogue } from './catalogue.ts';
import { checkGgmlFile } from './check-ggml.ts';
import { hashFile } from './checksum.ts';
import { openCtranslate2 } from './ctranslate2.ts';
import { place } from './fetch-model.ts';
import type { WorkOptions } from './progress.ts';
import { openSafetensors } from './safetensors.ts';
import { expectSpace, prepareFolder, sizeOf, withWorkspace } from './workspace.ts';
import { writeGgml } from './write-ggml.ts';

/** What an import needs. */
export interface ImportOptions extends WorkOptions {
  /** The name that the model gets. Default: made from the name of the folder or file. */
  name?: string;
}

/**
 * Brings a user's own model into the models folder: a CTranslate2 or Hugging Face folder of Whisper is converted, a
 * ggml file is copied. An earlier import of the same name is replaced.
 * @returns the name, path and checksum
 * @throws HeedError `not-found`, `bad-model`, `bad-config` for a name that cannot be used, `aborted`
 */
export async function importModel(
  source: string,
  config: Config['models'],
  options: ImportOptions = {},
): Promise<{ name: string; path: string; sha256: string }> {
  const name = options.name ?? nameFrom(source);
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name))
    throw new HeedError(
      'bad-config',
      `A model's name is 1 to 64 letters, digits, dots, dashes and underscores; "${name}" is not. ` +
        'Give one with --name.',
    );
  if (findInCatalogue(name))
    throw new HeedError(
      'bad-config',
      `The catalogue has a model ${name} already. Give yours another name with --name.`,
    );
  const found = await stat(source).catch((error: unknown) => {
    throw new HeedError('not-found', `There is no ${source}. Name a model folder or a ggml file.`, { cause: error });
  });
  const folder = modelsFolder(config);
  await prepareFolder(folder);
  return withWorkspace(folder, async (workspace) => {
    const made = join(workspace, fileNameOf({ name }));
    const modelFolder = found.isDirectory() ? source : isModelFile(source) ? dirname(source) : undefined;
    const sha256 =
      modelFolder === undefined ? await copyGgml(source, made, options) : await convert(modelFolder, made, options);
    await checkGgmlFile(made);
    return { name, path: await place(made, join(folder, fileNameOf({ name })), sha256), sha256 };
  });
}

async function convert(folder: string, made: string, work: WorkOptions): Promise<string> {
  const has = async (file: string): Promise<boolean> => (await sizeOf(join(folder, file))) >= 0;
  if (await has('model.bin')) return writeGgml(await openCtranslate2(folder), made, work);
  if ((await has('model.safetensors')) || (await has('model.safetensors.index.json')))
    return writeGgml(await openSafetensors(folder), made, work);
  throw new HeedError(
    'bad-model',
    `${folder} holds neither model.bin (CTranslate2) nor model.safetensors (Hugging Face). ` +
      "PyTorch's .bin and .pt files cannot be read: save the model with safe_serialization=True. " +
      'An adapter (LoRA) must be merged into its model first.',
  );
}

async function copyGgml(source: string, made: string, work: WorkOptions): Promise<string> {
  await checkGgmlFile(source);
  await expectSpace(dirname(made), await sizeOf(source));
  await pipeline(
    createReadStream(source),
    createWriteStream(made, { flags: 'wx' }),
    ...(work.signal ? [{ signal: work.signal }] : []),
  ).catch((error: unknown) => {
    throw work.signal?.aborted === true
      ? new HeedError('aborted', 'The import was cancelled.', { cause: error })
      : error;
  });
  return hashFile(made, work);
}

function isModelFile(path: string): boolean {
  return basename(path) === 'model.bin' || /\.safetensors(\.index\.json)?$/.test(path);
}

function nameFrom(source: string): string {
  const path = resolve(isModelFile(source) ? dirname(source) : source);
  return basename(path, extname(path) === '.bin' ? '.bin' : '')
    .replace(/^ggml-/, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '');
}
