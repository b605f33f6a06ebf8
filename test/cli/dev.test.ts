import { createServer } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { devVerb } from '../../src/cli/dev.ts';
import { serveVerb } from '../../src/cli/serve.ts';
import { listen } from '../../src/server/listen.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test.each([devVerb, serveVerb])('a port in use is said with what helps, before anything is loaded', async (make) => {
  const other = createServer();
  const port = await listen(other, { host: '127.0.0.1', port: 0 });
  const createHeed = vi.fn();
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const verb = make({ done: () => undefined, createHeed });
    await expect(verb.parseAsync(['--port', String(port)], { from: 'user' })).rejects.toMatchObject({
      code: 'bad-config',
      message: expect.stringContaining(`heed dev --port ${port + 1}`),
    });
  } finally {
    other.close();
  }
  expect(said).not.toHaveBeenCalled();
  expect(createHeed).not.toHaveBeenCalled();
});
