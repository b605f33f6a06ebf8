import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { espeak as espeakWav } from '../../../src/cli/spoken-test/espeak.ts';
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
    for (const { text, path } of files)
      writeFileSync(path, await espeakWav(text, { voice: voice.name, wordsPerMinute }));
  },
};
