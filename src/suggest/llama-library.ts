import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HeedError } from '../errors.ts';

/** The version that heed is tested with. */
export const llamaVersion = '3.22.1';

/** What is used of node-llama-cpp, which is an optional package whose types heed does without. */
export interface LlamaLibrary {
  getLlama: (options: Record<string, unknown>) => Promise<Llama>;
  LlamaLogLevel: { error: string };
}
export interface Llama {
  loadModel(options: { modelPath: string; gpuLayers: number }): Promise<LlamaModel>;
}
export interface LlamaModel {
  createEmbeddingContext(options: { contextSize: number; threads: number }): Promise<LlamaEmbeddings>;
  tokenize(text: string): readonly number[];
}
export interface LlamaEmbeddings {
  getEmbeddingFor(input: readonly number[] | string): Promise<{ vector: readonly number[] }>;
}

/**
 * Finds node-llama-cpp: beside heed, in the project, or where the set-up of heed's own repository puts it. Returns the
 * address to import.
 * @throws HeedError `not-found` with the command that installs it
 */
export function findLlama(project = process.cwd()): string {
  for (const from of [import.meta.url, join(project, 'package.json'), join(project, '.heed', 'llama', 'package.json')])
    try {
      return pathToFileURL(createRequire(from).resolve('node-llama-cpp')).href;
    } catch {
      // It is looked for in the next place.
    }
  throw new HeedError('not-found', `match.model needs node-llama-cpp, which is not installed: ${installCommand()}`);
}

/** The packages that node-llama-cpp consists of on this platform. */
export function llamaPackages(): string[] {
  const { platform, arch } = process;
  const os = platform === 'darwin' ? 'mac' : platform === 'win32' ? 'win' : platform;
  const name = `@node-llama-cpp/${os}-${arch}${os === 'mac' && arch === 'arm64' ? '-metal' : ''}`;
  return ['node-llama-cpp', name].map((one) => `${one}@${llamaVersion}`);
}

/**
 * Without `--omit=optional`, npm would add the packages for GPUs, of several hundred megabytes, and without
 * `--ignore-scripts` the package may download and compile its engine.
 */
function installCommand(): string {
  return `npm install --omit=optional --ignore-scripts ${llamaPackages().join(' ')}`;
}
