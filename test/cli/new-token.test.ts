import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { devVerb } from '../../src/cli/dev.ts';
import { createHeed, type HeedOptions } from '../../src/heed.ts';
import { keptToken } from '../../src/platform/kept-token.ts';
import { workFolder } from './audio-commands.ts';

let folder: ReturnType<typeof workFolder>;
beforeEach(() => {
  folder = workFolder();
});
afterEach(() => rmSync(folder.root, { recursive: true }));

/** Runs `heed dev --new-token`, which ends when it would load the models. */
async function dev(server: Record<string, unknown>): Promise<void> {
  const config = join(folder.root, 'heed.config.json');
  writeFileSync(config, JSON.stringify({ server: { port: 0, ...server } }));
  const create = async (options: HeedOptions) => {
    const heed = await createHeed(options);
    heed.ears = () => Promise.reject(new Error('It would load the models now.'));
    return heed;
  };
  const verb = devVerb({ done: () => undefined, createHeed: create }).exitOverride();
  await verb.parseAsync(['--new-token', '--config', config, '--commands', folder.commandsDir], { from: 'user' });
}

describe('heed dev --new-token', () => {
  test('forgets the token of the last start', async () => {
    const tokenFile = join(folder.root, '.heed', 'token');
    keptToken(tokenFile, () => undefined);
    await expect(dev({ tokenFile })).rejects.toThrow('It would load the models now.');
    expect(existsSync(tokenFile)).toBe(false);
  });

  test('is refused when the options set the token', async () => {
    await expect(dev({ token: 'mine' })).rejects.toMatchObject({
      code: 'bad-config',
      message: expect.stringContaining('server.token'),
    });
  });
});
