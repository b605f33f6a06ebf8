import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { listen, reserveAddress } from '../../src/server/listen.ts';

test('an address that is reserved is taken, and free again afterwards', async () => {
  const probe = createServer();
  const port = await listen(probe, { host: '127.0.0.1', port: 0 });
  await new Promise((resolve) => probe.close(resolve));

  const free = await reserveAddress({ host: '127.0.0.1', port });
  await expect(reserveAddress({ host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'bad-config',
    message: expect.stringContaining(`--port ${port + 1}`),
  });
  await free();
  await (
    await reserveAddress({ host: '127.0.0.1', port })
  )();
});

test('an address that this machine has not is said with what helps', async () => {
  // 203.0.113.0/24 is for documentation only.
  await expect(reserveAddress({ host: '203.0.113.9', port: 0 })).rejects.toMatchObject({
    code: 'bad-config',
    message: expect.stringContaining('0.0.0.0'),
  });
});
