import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { llamaPackages, llamaVersion } from '../../src/suggest/llama-library.ts';

test('the set-up of the clone installs the version that users are told to install', () => {
  const { dependencies } = JSON.parse(readFileSync('scripts/llama/package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };
  expect(dependencies).toEqual({ 'node-llama-cpp': llamaVersion });
  expect(llamaPackages()[0]).toBe(`node-llama-cpp@${llamaVersion}`);
});

test('the package for this platform is one that the library names', () => {
  const { packages } = JSON.parse(readFileSync('scripts/llama/package-lock.json', 'utf8')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const known = packages['node_modules/node-llama-cpp']!.optionalDependencies!;
  const [, platform] = llamaPackages();
  expect(Object.entries(known).map(([name, version]) => `${name}@${version}`)).toContain(platform);
});
