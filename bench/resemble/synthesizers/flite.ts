import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { once, type Synthesizer } from './synthesizer.ts';

const run = promisify(execFile);

/** Flite, which joins or models pieces of recorded English. */
export const flite: Synthesizer = {
  name: 'flite',
  install: 'apt-get install flite',
  version: once(async () => {
    try {
      // Its exit code is 1 when it is only asked for its version.
      const { stdout } = await run('flite', ['--version']).catch((error: { code?: unknown; stdout?: string }) => {
        if (typeof error.code !== 'number') throw new Error('flite cannot be started', { cause: error });
        return { stdout: error.stdout ?? '' };
      });
      return /version: (\S+)/.exec(stdout)?.[1];
    } catch {
      return undefined;
    }
  }),
  // It starts within a few ms, so each sentence can have a process of its own.
  speak: async (files, voice) => {
    for (const { text, path } of files) await run('flite', ['-voice', voice.name, '-t', text, '-o', path]);
  },
};
