// Bundles web/ into dist/web, which the server serves as it is.
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const from = (name) => join(root, 'web', name);
const client = (name) => join(root, 'client', name);
const to = (name) => join(root, 'dist', 'web', name);

const target = ['chrome111', 'firefox114', 'safari16.4'];

/** Builds the page. The client and its worklet are also built as separate modules, for use in other pages. */
export async function buildWeb() {
  const { build } = await import('esbuild');
  rmSync(to(''), { recursive: true, force: true });
  mkdirSync(to(''), { recursive: true });
  await build({
    entryPoints: [
      { in: from('page.ts'), out: 'page' },
      { in: from('page.css'), out: 'page' },
      { in: client('heed-client.ts'), out: 'client' },
      { in: client('capture-worklet.ts'), out: 'capture-worklet' },
    ],
    outdir: to(''),
    bundle: true,
    splitting: true,
    format: 'esm',
    chunkNames: 'chunk-[hash]',
    target,
    minify: true,
    sourcemap: true,
    logLevel: 'warning',
  });
  for (const name of ['index.html', 'icon.svg', 'manifest.webmanifest']) copyFileSync(from(name), to(name));
  cpSync(from('icons'), to('icons'), { recursive: true });
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
  const addresses = files.map((name) => (name === 'index.html' ? '/' : `/${name}`));
  await build({
    entryPoints: [{ in: from('service-worker.ts'), out: 'service-worker' }],
    outdir: to(''),
    bundle: true,
    format: 'iife',
    target,
    minify: true,
    define: { SHELL_VERSION: JSON.stringify(hash.digest('hex').slice(0, 16)), SHELL_FILES: JSON.stringify(addresses) },
    logLevel: 'warning',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWeb();
