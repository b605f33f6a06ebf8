// Bundles client/ into dist/client: one module for browsers, one for Node, the worklet as a file, and the types.
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const from = (name) => join(root, 'client', name);
const to = (name) => join(root, 'dist', 'client', name);

/** How everything is built that runs in a browser. */
export const clientOptions = {
  bundle: true,
  format: 'esm',
  target: ['chrome111', 'firefox114', 'safari16.4'],
  sourcemap: true,
  logLevel: 'warning',
};

/** Builds the client. Its worklet is inside the module, so that no bundler has to know how to treat it. */
export async function buildClient() {
  const { build } = await import('esbuild');
  rmSync(to(''), { recursive: true, force: true });
  const worklet = { ...clientOptions, entryPoints: [from('capture-worklet.ts')], minify: true };
  await build({ ...worklet, outfile: to('capture-worklet.js') });
  const built = await build({ ...worklet, write: false, sourcemap: false });
  const module = {
    ...clientOptions,
    entryPoints: [from('index.ts')],
    define: { HEED_WORKLET_SOURCE: JSON.stringify(built.outputFiles[0].text) },
  };
  await build({ ...module, outfile: to('index.js') });
  await build({ ...module, outfile: to('client.min.js'), minify: true, sourcemap: false });
  await build({
    ...module,
    entryPoints: [from('node.ts')],
    outfile: to('node.js'),
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
  });
  const types = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.client.json'];
  if ((await run(process.execPath, types, { cwd: root })) !== 0) throw new Error('The types of the client are wrong.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildClient();
