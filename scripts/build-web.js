// Bundles web/ into dist/web, which the server serves as it is, and client/ into dist/client, which users import.
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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
  for (const name of ['index.html', 'icon.svg', 'manifest.webmanifest']) copyFileSync(from(name), to(name));
  cpSync(from('icons'), to('icons'), { recursive: true });
  // Pages without a bundler import the client from a running heed.
  copyFileSync(join(root, 'dist', 'client', 'client.min.js'), to('client.js'));
  await buildServiceWorker(build);
}

/** Builds the service worker last, because it knows the files of the page and, as its version, a hash of them. */
async function buildServiceWorker(build) {
  const files = readdirSync(to(''), { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.\w+$/.test(name) && !name.endsWith('.map') && name !== 'client.js')
    .sort();
  const hash = createHash('sha256');
  for (const name of files) hash.update(name).update(readFileSync(to(name)));
  const addresses = files.map((name) => (name === 'index.html' ? './' : name));
  await build({
    entryPoints: [{ in: from('service-worker.ts'), out: 'service-worker' }],
    outdir: to(''),
    bundle: true,
    format: 'iife',
    target: clientOptions.target,
    minify: true,
    define: { SHELL_VERSION: JSON.stringify(hash.digest('hex').slice(0, 16)), SHELL_FILES: JSON.stringify(addresses) },
    logLevel: 'warning',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWeb();
