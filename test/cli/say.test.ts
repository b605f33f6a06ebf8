import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sayVerb } from '../../src/cli/say.ts';
import { runVerb, workFolder } from './audio-commands.ts';

let folder: ReturnType<typeof workFolder>;
beforeEach(() => {
  folder = workFolder();
});
afterEach(() => rmSync(folder.root, { recursive: true }));

const run = (...args: string[]) => runVerb(sayVerb, ['--commands', folder.commandsDir, ...args]);

describe('heed say', () => {
  beforeEach(() => {
    for (const context of ['music', 'slides']) {
      writeFileSync(
        join(folder.commandsDir, `${context}.ts`),
        `export default { phrases: ['next [in] ${context}'], contexts: ['${context}'], run() {} };`,
      );
    }
  });

  test.each([
    [[], 1],
    [['--context', 'slides'], 1],
    [['--context', 'music'], 0],
    [['--context', 'music,slides'], 0],
    [['--context', 'slides', '--context', 'music'], 0],
  ])('with %j gives a command of a context the exit code %i', async (options, code) => {
    expect((await run(...options, 'next', 'in', 'music')).code).toBe(code);
  });

  test('refuses a context that no command names', async () => {
    await expect(run('--context', 'musik', 'next music')).rejects.toMatchObject({ code: 'not-found' });
  });
});
