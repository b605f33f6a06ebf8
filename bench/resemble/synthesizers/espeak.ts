import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { HeedError } from '../../../src/errors.ts';
import { once, type Synthesizer } from './synthesizer.ts';

const wordsPerMinute = 160;

/**
 * eSpeak NG, a formant synthesizer for many languages, compiled to WebAssembly. A voice is a language, optionally with
 * a variant.
 */
export const espeak: Synthesizer = {
  name: 'espeak',
  install: 'npm install',
  version: once(async () => {
    try {
      const folder = dirname(createRequire(import.meta.url).resolve('espeak-ng'));
      const { version } = JSON.parse(readFileSync(join(folder, '../package.json'), 'utf8')) as { version: string };
      return version;
    } catch {
      return undefined;
    }
  }),
  speak: async (files, voice) => {
    const { default: start } = await import('espeak-ng');
    for (const { text, path } of files) {
      const said: string[] = [];
      const command = ['-v', voice.name, '-s', String(wordsPerMinute), '-w', 'spoken.wav', text];
      const module = await start({ arguments: command, print: () => undefined, printErr: (line) => said.push(line) });
      try {
        writeFileSync(path, module.FS.readFile('spoken.wav'));
      } catch (cause) {
        throw new HeedError('internal', `${voice.id} did not speak "${text}": ${said.join(' ')}`, { cause });
      }
    }
  },
};
