// Bundles web/ into dist/web, which the server serves as it is.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const from = (name) => join(root, 'web', name);
const client = (name) => join(root, 'client', name);
const to = (name) => join(root, 'dist', 'web', name);

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
    target: ['chrome111', 'firefox114', 'safari16.4'],
    minify: true,
    sourcemap: true,
    logLevel: 'warning',
  });
  for (const name of ['index.html', 'icon.svg']) copyFileSync(from(name), to(name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWeb();
