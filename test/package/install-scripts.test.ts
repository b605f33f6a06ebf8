import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
  hasInstallScript?: boolean;
  resolved?: string;
  integrity?: string;
  link?: boolean;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

/**
 * The packages that come with an install script, and whether it may run. A new one has to be looked at: what does its
 * script do, and does heed work without it?
 */
const known: Record<string, 'runs' | 'never runs'> = {
  // Takes its prebuilt addon, or compiles it. scripts/setup.js runs it by name.
  'node_modules/better-sqlite3': 'runs',
  // Makes its binaries executable.
  'node_modules/clang-format-node': 'never runs',
  // Replaces a script by the binary of its platform's package, to start faster.
  'node_modules/esbuild': 'never runs',
  // Downloads engines for GPUs.
  'node_modules/onnxruntime-node': 'never runs',
};

test('every package with an install script is known', () => {
  const found = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
  expect(found.sort()).toEqual(Object.keys(known).sort());
});

test('npm runs no install script by itself, and the set-up runs the allowed ones by name', () => {
  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
  const setup = readFileSync('scripts/setup.js', 'utf8');
  const allowed = Object.keys(known).filter((path) => known[path] === 'runs');
  const run = [...setup.matchAll(/'rebuild', '([^']+)'/g)].map(([, name]) => `node_modules/${name}`);
  expect(run).toEqual(allowed);
  expect(setup.match(/ignore-scripts=false/g)).toHaveLength(allowed.length);
});

test('every package is pinned with a checksum', () => {
  const loose = packages.filter(([, { integrity, link }]) => link !== true && integrity === undefined);
  expect(loose.map(([path]) => path)).toEqual([]);
});
