// Bundles web/ into dist/web, which the server serves as it is, and client/ into dist/client, which users import.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildClient, clientOptions } from './build-client.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const from = (name) => join(root, 'web', name);
const to = (name) => join(root, 'dist', 'web', name);

/** Builds the client and the page. The worklet is a file of its own there, because the page's policy forbids others. */
export async function buildWeb() {
  const { build } = await import('esbuild');
  await buildClient();
  rmSync(to(''), { recursive: true, force: true });
  mkdirSync(to(''), { recursive: true });
  await build({
    ...clientOptions,
    entryPoints: [
      { in: from('page.ts'), out: 'page' },
      { in: from('page.css'), out: 'page' },
      { in: join(root, 'client', 'capture-worklet.ts'), out: 'capture-worklet' },
    ],
    outdir: to(''),
    splitting: true,
    chunkNames: 'chunk-[hash]',
    minify: true,
  });
  for (const name of ['index.html', 'icon.svg']) copyFileSync(from(name), to(name));
  // Pages without a bundler import the client from a running heed.
  copyFileSync(join(root, 'dist', 'client', 'client.min.js'), to('client.js'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWeb();
