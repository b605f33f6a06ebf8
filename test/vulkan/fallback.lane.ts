import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** What reads on a machine with this environment. */
async function load(env: Record<string, string>): Promise<unknown> {
  const { GGML_VK_VISIBLE_DEVICES: _, ...bare } = process.env;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'load.ts')],
    { env: { ...bare, ...env } },
  );
  return JSON.parse(stdout);
}

test.each([
  ['there is no driver', { VK_DRIVER_FILES: '/nowhere.json' }],
  ['the only device is the processor, and nobody asked for it', {}],
  ['the device that was asked for is not there', { GGML_VK_VISIBLE_DEVICES: '7' }],
])('the CPU reads, and says why, where %s', async (_, env) => {
  expect(await load(env)).toEqual({ backend: 'cpu', readers: 1, gpuProblem: 'no GPU was found' });
});

test('a device that is asked for reads', async () => {
  expect(await load({ GGML_VK_VISIBLE_DEVICES: '0' })).toEqual({ backend: 'vulkan', readers: 2 });
});
