import { mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { modelsFolder, type Config } from '../config.ts';
import { HeedError } from '../errors.ts';
import { catalogue, fileNameOf, findInCatalogue } from './catalogue.ts';
import { checkGgmlFile } from './check-ggml.ts';
import { expectedChecksum, hashFile, notedChecksum, noteChecksum, removeModelFile } from './checksum.ts';
import { fetchModel } from './fetch-model.ts';
import { withLock } from './lock.ts';
import type { WorkOptions } from './progress.ts';
import { clearAbandoned, sizeOf } from './workspace.ts';

export { catalogue, type CatalogueEntry } from './catalogue.ts';
export { checkGgmlFile, type GgmlInfo } from './check-ggml.ts';
export { importModel, type ImportOptions } from './import-model.ts';
export type { ModelProgress, WorkOptions } from './progress.ts';

/**
 * Makes sure that a model is there and whole, fetching it if need be.
 * @param name of the catalogue or of an import, or the path of a ggml file
 * @returns the path of the file; its checksum (of a user's own file: every header in it) was checked
 * @throws HeedError `not-found`, `bad-model`, `fetch-failed`, `aborted`
 */
export async function ensureModel(name: string, config: Config['models'], options: WorkOptions = {}): Promise<string> {
  if (/[\\/]|\.bin$/.test(name)) return ownFile(name);
  const folder = modelsFolder(config);
  const path = join(folder, fileNameOf(name));
  const entry = findInCatalogue(name);
  if (!entry) return importedFile(name, path, options);
  if (await verdict(path, entry.sha256, options) === 'good') return path;
  await mkdir(folder, { recursive: true });
  return withLock(`${path}.lock`, async () => {
    const found = await verdict(path, entry.sha256, options);
    if (found === 'good') return path;
    if (found === 'wrong') await removeModelFile(path);
    await clearAbandoned(folder);
    return fetchModel(entry, { ...options, config, folder });
  }, options);
}

/** What `heed models` says of one model. */
export interface ModelStatus {
  name: string;
  sizeBytes: number;
  languages: string;
  licence: string;
  path: string;
  isPresent: boolean;
}

/** The catalogue, and after it the user's imports. */
export async function listModels(config: Config['models']): Promise<ModelStatus[]> {
  const folder = modelsFolder(config);
  const known = await Promise.all(catalogue.map(async ({ name, sizeBytes, languages, licence }) => {
    const path = join(folder, fileNameOf(name));
    return { name, sizeBytes, languages, licence, path, isPresent: await sizeOf(path) === sizeBytes };
  }));
  return [...known, ...(await listImports(folder))];
}

/** Whether a file in the models folder is what it should be, after hashing all of it. */
export interface Verification {
  name: string;
  path: string;
  sha256: string;
  isGood: boolean;
}

/**
 * Hashes every model file that is there anew. A wrong file is removed, so that it is never loaded.
 * @param names those to look at; empty for all
 */
export async function verifyModels(names: string[], config: Config['models'], options: WorkOptions = {}): Promise<Verification[]> {
  const models = (await listModels(config)).filter(({ name }) => names.length === 0 || names.includes(name));
  const unknown = names.find((name) => !models.some((model) => model.name === name));
  if (unknown !== undefined) throw unknownModel(unknown);
  const results: Verification[] = [];
  for (const { name, path } of models) {
    if (await sizeOf(path) < 0) continue;
    const entry = findInCatalogue(name);
    const expected = entry ? entry.sha256 : await expectedChecksum(path);
    const sha256 = await hashFile(path, options);
    const isGood = sha256 === expected;
    if (isGood) await noteChecksum(path, sha256);
    else await removeModelFile(path);
    results.push({ name, path, sha256, isGood });
  }
  return results;
}

async function ownFile(name: string): Promise<string> {
  const path = resolve(name);
  await checkGgmlFile(path);
  return path;
}

async function importedFile(name: string, path: string, options: WorkOptions): Promise<string> {
  const expected = await expectedChecksum(path);
  if (expected === undefined || await sizeOf(path) < 0) throw unknownModel(name);
  if (await verdict(path, expected, options) === 'good') return path;
  await removeModelFile(path);
  throw new HeedError('bad-model', `The imported model ${name} was damaged and has been removed. Import it again: heed models import DIR --name ${name}`);
}

async function verdict(path: string, expected: string, options: WorkOptions): Promise<'good' | 'wrong' | 'missing'> {
  if (await sizeOf(path) < 0) return 'missing';
  if (await notedChecksum(path) === expected) return 'good';
  if (await hashFile(path, options) !== expected) return 'wrong';
  await noteChecksum(path, expected);
  return 'good';
}

async function listImports(folder: string): Promise<ModelStatus[]> {
  const files = await readdir(folder).catch(() => []); // no folder yet: no imports
  const names = files.map((file) => /^ggml-(.+)\.bin$/.exec(file)?.[1]).filter((name) => name !== undefined && !findInCatalogue(name));
  const imports = await Promise.all(names.map(async (name): Promise<ModelStatus | undefined> => {
    const path = join(folder, fileNameOf(name!));
    if (await expectedChecksum(path) === undefined) return undefined;
    const languages = await checkGgmlFile(path).then(({ multilingual }) => (multilingual ? 'many' : 'English'), () => 'damaged');
    return { name: name!, sizeBytes: await sizeOf(path), languages, licence: 'yours', path, isPresent: true };
  }));
  return imports.filter((model) => model !== undefined);
}

function unknownModel(name: string): HeedError {
  return new HeedError('not-found', `There is no model "${name}". Known are ${catalogue.map((entry) => entry.name).join(', ')}, your imports, and paths of ggml files.`);
}
