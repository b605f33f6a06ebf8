import { join, resolve } from 'node:path';
import { modelsFolder, type Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { catalogue, fileNameOf, findInCatalogue, type CatalogueEntry } from './catalogue.ts';
import { checkGgmlFile } from './check-ggml.ts';
import { expectedChecksum, hashFile, notedChecksum, noteChecksum, removeModelFile } from './checksum.ts';
import { fetchModel } from './fetch-model.ts';
import { withLock } from './lock.ts';
import type { WorkOptions } from './progress.ts';
import { clearAbandoned, prepareFolder, sizeOf } from './workspace.ts';

/**
 * Makes sure that a model is there and whole, fetching it if need be.
 * @param name of the catalogue or of an import, or the path of a ggml file
 * @returns the path of the file; its checksum (of a user's own file: every header in it) was checked
 * @throws HeedError `not-found`, `bad-model`, `fetch-failed`, `aborted`
 */
export async function ensureModel(name: string, config: Config['models'], options: WorkOptions = {}): Promise<string> {
  const entry = findInCatalogue(name);
  if (entry) return ensureEntry(entry, config, options);
  const path = join(modelsFolder(config), fileNameOf(name));
  const isPath = /[\\/]/.test(name);
  if (!isPath && (await expectedChecksum(path)) !== undefined && (await sizeOf(path)) >= 0)
    return importedFile(name, path, options);
  if (!isPath && (await sizeOf(name)) < 0) throw unknownModel(name);
  await checkGgmlFile(resolve(name));
  return resolve(name);
}

/** The same for an entry of a catalogue. */
export async function ensureEntry(
  entry: CatalogueEntry,
  config: Config['models'],
  options: WorkOptions = {},
): Promise<string> {
  const folder = modelsFolder(config);
  const path = join(folder, fileNameOf(entry.name));
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

/** What a file turns out to be, by its checksum; noted, so that the next look is quick. */
export async function verdict(
  path: string,
  expected: string,
  options: WorkOptions,
): Promise<'good' | 'wrong' | 'missing'> {
  if ((await sizeOf(path)) < 0) return 'missing';
  if ((await notedChecksum(path)) === expected) return 'good';
  if ((await hashFile(path, options)) !== expected) return 'wrong';
  await noteChecksum(path, expected).catch(() => undefined); // a folder that is only read: the file is hashed each time
  return 'good';
}

/** The file that keeps other processes from fetching the same model. */
export function lockOf(path: string): string {
  return `${path}.lock`;
}

/** The error for a name that is neither known nor a file. */
export function unknownModel(name: string): HeedError {
  return new HeedError(
    'not-found',
    `There is no model or file "${name}". Known are ${catalogue.map((entry) => entry.name).join(', ')}, your imports (heed models), and paths of ggml files.`,
  );
}

async function importedFile(name: string, path: string, options: WorkOptions): Promise<string> {
  const expected = (await expectedChecksum(path))!;
  if ((await verdict(path, expected, options)) === 'good') return path;
  await removeModelFile(path);
  throw new HeedError(
    'bad-model',
    `The imported model ${name} was damaged and has been removed. Import it again: heed models import DIR --name ${name}`,
  );
}
