import { createServer } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { devVerb } from '../../src/cli/dev.ts';
import { loadConfig } from '../../src/config/index.ts';
import type { Heed, HeedOptions } from '../../src/heed.ts';
import { listen } from '../../src/server/listen.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test('a port in use is said with what helps, before any model is loaded', async () => {
  const other = createServer();
  const port = await listen(other, { host: '127.0.0.1', port: 0 });
  const ears = vi.fn();
  const close = vi.fn(async () => undefined);
  const createHeed = async ({ config = {} }: HeedOptions): Promise<Heed> =>
    ({ config: loadConfig({ env: {}, overrides: config }), ears, close }) as unknown as Heed;
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const verb = devVerb({ done: () => undefined, createHeed });
    await expect(verb.parseAsync(['--port', String(port)], { from: 'user' })).rejects.toMatchObject({
      code: 'bad-config',
      message: expect.stringContaining(`heed dev --port ${port + 1}`),
    });
  } finally {
    other.close();
  }
  expect(said.mock.calls.map(([text]) => text)).toEqual(['  Loading the commands …\n']);
  expect(ears).not.toHaveBeenCalled();
  expect(close).toHaveBeenCalledOnce();
});
