import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { modelsFolder, type Config } from '../config/index.ts';
import { catalogue, fileNameOf, findInCatalogue, type ModelKind } from './catalogue.ts';
import { checkGgmlFile } from './check-ggml.ts';
import { hashFile, notedChecksum, removeModelFile } from './checksum.ts';
import { lockOf, unknownModel } from './ensure-model.ts';
import { withLock } from './lock.ts';
import type { WorkOptions } from './progress.ts';
import { sizeOf } from './workspace.ts';

/** What `heed models` says about one model. */
export interface ModelStatus {
  name: string;
  kind: ModelKind;
  sizeBytes: number;
  languages: string;
  licence: string;
  path: string;
  /** Whether the file is there and has the right size; `verifyModels` also checks its contents. */
  isPresent: boolean;
}

/** The result of checking one file. */
export interface Verification {
  name: string;
  path: string;
  sha256: string;
  isGood: boolean;
}

/** Lists the catalogue, followed by the user's imports. */
export async function listModels(config: Config['models']): Promise<ModelStatus[]> {
  const folder = modelsFolder(config);
  const known = await Promise.all(
    catalogue.map(async (entry) => {
      const { name, kind = 'speech', sizeBytes, languages, licence } = entry;
      const path = join(folder, fileNameOf(entry));
      return { name, kind, sizeBytes, languages, licence, path, isPresent: (await sizeOf(path)) === sizeBytes };
    }),
  );
  return [...known, ...(await listImports(folder))];
}

/**
 * Hashes every model file that is there again. A file with the wrong checksum is removed, so that it is never loaded.
 * @param names the models to check; empty for all
 * @throws HeedError `not-found` for an unknown name, `aborted`
 */
export async function verifyModels(
  names: string[],
  config: Config['models'],
  options: WorkOptions = {},
): Promise<Verification[]> {
  const models = (await listModels(config)).filter(({ name }) => names.length === 0 || names.includes(name));
  const unknown = names.find((name) => !models.some((model) => model.name === name));
  if (unknown !== undefined) throw unknownModel(unknown);
  const results: Verification[] = [];
  for (const { name, path } of models) {
    if ((await sizeOf(path)) < 0) continue;
    await withLock(
      lockOf(path),
      async () => {
        const expected = findInCatalogue(name)?.sha256 ?? (await notedChecksum(path));
        const sha256 = await hashFile(path, options);
        const isGood = sha256 === expected;
        if (!isGood) await removeModelFile(path);
        results.push({ name, path, sha256, isGood });
      },
      options,
    );
  }
  return results;
}

async function listImports(folder: string): Promise<ModelStatus[]> {
  const files = await readdir(folder).catch(() => []); // without the folder there are no imports
  const imports: ModelStatus[] = [];
  for (const file of files.sort()) {
    const name = /^ggml-(.+)\.bin$/.exec(file)?.[1];
    const path = join(folder, file);
    if (name === undefined || findInCatalogue(name) || (await notedChecksum(path)) === undefined) continue;
    const languages = await checkGgmlFile(path).then(
      ({ multilingual }) => (multilingual ? 'multilingual' : 'English'),
      () => 'damaged',
    );
    imports.push({
      name,
      kind: 'speech',
      sizeBytes: await sizeOf(path),
      languages,
      licence: 'yours',
      path,
      isPresent: languages !== 'damaged',
    });
  }
  return imports;
}
