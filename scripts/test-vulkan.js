// npm run test:vulkan: builds the engine for Vulkan and compares its readings with the CPU's, on Mesa's lavapipe, which
// runs Vulkan on the processor. As on a real GPU, every tensor is in memory that the processor must not touch directly.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { answers, run } from './run.js';
import { SetupError } from './setup-error.js';
import { buildAddon, openStamps, runMain, setup } from './setup.js';

const drivers = '/usr/share/vulkan/icd.d';
const headers = [
  '/usr/include',
  '/usr/local/include',
  ...(process.env.VULKAN_SDK ? [join(process.env.VULKAN_SDK, 'include')] : []),
];

/** The Debian packages that are missing for the build or the run. */
async function missingPackages() {
  const has = (header) => headers.some((folder) => existsSync(join(folder, header)));
  const there = {
    'libvulkan-dev': has('vulkan/vulkan.h'),
    'spirv-headers': has('spirv/unified1/spirv.hpp'),
    glslc: (await answers('glslc')) !== undefined,
    'mesa-vulkan-drivers': lavapipe() !== undefined,
  };
  return Object.keys(there).filter((name) => !there[name]);
}

function lavapipe() {
  const name = existsSync(drivers) && readdirSync(drivers).find((file) => file.startsWith('lvp_icd'));
  return name ? join(drivers, name) : undefined;
}

await runMain(async () => {
  const missing = await missingPackages();
  if (missing.length > 0)
    throw new SetupError(
      `The test for Vulkan cannot run here. Install what it needs: apt install ${missing.join(' ')}`,
    );
  await setup();
  const out = join('build', 'vulkan');
  await buildAddon(openStamps(), { name: 'vulkan addon', backend: 'vulkan', out, addons: ['heed'] });
  const env = {
    ...process.env,
    VK_DRIVER_FILES: lavapipe(),
    GGML_VK_VISIBLE_DEVICES: '0', // otherwise ggml skips devices that are the processor itself
    HEED_VULKAN_ADDON: join(process.cwd(), out, 'Release', 'heed.node'),
  };
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vulkan/vitest.config.ts'];
  return await run(process.execPath, [...vitest, ...process.argv.slice(2)], { env });
});
