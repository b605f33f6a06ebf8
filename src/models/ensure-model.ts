import { join, resolve } from 'node:path';
import { modelsFolder, type Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { catalogue, fileNameOf, findInCatalogue, type CatalogueEntry, type ModelKind } from './catalogue.ts';
import { checkGgmlFile } from './check-ggml.ts';
import { hashFile, notedChecksum, removeModelFile } from './checksum.ts';
import { fetchModel } from './fetch-model.ts';
import { withLock } from './lock.ts';
import { openRegular } from './open-regular.ts';
import type { WorkOptions } from './progress.ts';
import { clearAbandoned, prepareFolder, sizeOf } from './workspace.ts';

/**
 * Makes sure that a model is present and intact, and fetches it if necessary.
 * @param name the name of a catalogue entry or of an import, or the path of a ggml file
 * @returns the path of the file, whose checksum was verified (in a user's own file: every header)
 * @throws HeedError `not-found`, `bad-model`, `fetch-failed`, `aborted`
 */
export async function ensureModel(name: string, config: Config['models'], options: WorkOptions = {}): Promise<string> {
  const entry = findInCatalogue(name);
  if (entry && entry.kind !== undefined && entry.kind !== 'speech') {
    const use = { sentences: 'compares sentences, which is what match.model takes', voices: 'tells voices apart' };
    throw new HeedError('bad-config', `${name} is no speech model. It ${use[entry.kind]}.`);
  }
  if (entry) return ensureEntry(entry, config, options);
  const path = join(modelsFolder(config), fileNameOf({ name }));
  const isPath = /[\\/]/.test(name);
  const noted = isPath ? undefined : await notedChecksum(path);
  if (noted !== undefined && (await sizeOf(path)) >= 0) return importedFile(name, { path, expected: noted }, options);
  if (!isPath && (await sizeOf(name)) < 0) throw unknownModel(name);
  await checkGgmlFile(resolve(name));
  return resolve(name);
}

/**
 * Makes sure that a sentence model is present and intact, and fetches it if necessary.
 * @param name the name of a catalogue entry, or the path of a GGUF file
 * @returns the path of the file; of a user's own file only the first bytes are checked
 * @throws HeedError `not-found`, `bad-model`, `bad-config`, `fetch-failed`, `aborted`
 */
export async function ensureSentenceModel(
  name: string,
  config: Config['models'],
  options: WorkOptions = {},
): Promise<string> {
  const entry = findInCatalogue(name);
  if (entry?.kind === 'sentences') return ensureEntry(entry, config, options);
  const known = namesOf('sentences').join(', ');
  if (entry) throw new HeedError('bad-config', `${name} is a speech model. match.model takes ${known} or a GGUF file.`);
  const { file } = await openRegular(name).catch((error: HeedError) => {
    if (error.code === 'bad-model') throw error;
    throw new HeedError(
      'not-found',
      `There is no sentence model or file "${name}" (match.model): name ${known} or a GGUF file.`,
      { cause: error },
    );
  });
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (buffer.toString('latin1') !== 'GGUF')
      throw new HeedError('bad-model', `${name} (match.model) is no GGUF file.`);
  } finally {
    await file.close();
  }
  return resolve(name);
}

/** Does the same for a model of any kind. */
export function ensureNamed(name: string, config: Config['models'], options: WorkOptions = {}): Promise<string> {
  const entry = findInCatalogue(name);
  return entry ? ensureEntry(entry, config, options) : ensureModel(name, config, options);
}

/** Does the same for an entry of a catalogue. */
export async function ensureEntry(
  entry: CatalogueEntry,
  config: Config['models'],
  options: WorkOptions = {},
): Promise<string> {
  const folder = modelsFolder(config);
  const path = join(folder, fileNameOf(entry));
  if ((await verdict(path, entry.sha256, options)) === 'good') return path;
  await prepareFolder(folder);
  return withLock(
    lockOf(path),
    async () => {
      const found = await verdict(path, entry.sha256, options);
      if (found === 'good') return path;
      if (found === 'wrong') await removeModelFile(path);
      await clearAbandoned(folder);
      return fetchModel(entry, { ...options, config, folder });
    },
    options,
  );
}

/** Hashes a file each time: a disk that fails changes bytes and leaves the size and the time as they were. */
async function verdict(path: string, expected: string, options: WorkOptions): Promise<'good' | 'wrong' | 'missing'> {
  if ((await sizeOf(path)) < 0) return 'missing';
  return (await hashFile(path, options)) === expected ? 'good' : 'wrong';
}

/** The lock that keeps other processes from fetching the same model at the same time. */
export function lockOf(path: string): string {
  return `${path}.lock`;
}

function namesOf(kind: ModelKind): string[] {
  return catalogue.filter((entry) => (entry.kind ?? 'speech') === kind).map(({ name }) => name);
}

/** The error for a name that is neither known nor a file. */
export function unknownModel(name: string): HeedError {
  return new HeedError(
    'not-found',
    `There is no model or file "${name}". Name one of ${namesOf('speech').join(', ')}, ` +
      'one of your imports (heed models lists them), or the path of a ggml file.',
  );
}

async function importedFile(
  name: string,
  { path, expected }: { path: string; expected: string },
  options: WorkOptions,
): Promise<string> {
  if ((await verdict(path, expected, options)) === 'good') return path;
  await removeModelFile(path);
  throw new HeedError(
    'bad-model',
    `The imported model ${name} was damaged and has been removed. ` +
      `Import it again: heed models import DIR --name ${name}`,
  );
}
