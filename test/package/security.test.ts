import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { patient } from '../patience.ts';

interface Package {
  engines: { node: string };
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Package;

test(
  'the list of packages has every one that heed loads with its version, and none that only builds it',
  () => {
    const text = execFileSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8' });
    const { bomFormat, components } = JSON.parse(text) as {
      bomFormat: string;
      components: { name: string; version: string }[];
    };
    expect(bomFormat).toBe('CycloneDX');
    const listed = new Map(components.map(({ name, version }) => [name, version]));
    for (const [name, version] of Object.entries(manifest.dependencies))
      expect([name, listed.get(name)]).toEqual([name, version]);
    for (const name of ['typescript', 'vitest', 'eslint']) {
      expect(manifest.devDependencies).toHaveProperty(name);
      expect(listed.has(name)).toBe(false);
    }
  },
  patient(30_000),
);

test('SECURITY.md names the versions that get fixes, how to report, and the Node that heed needs', () => {
  const text = readFileSync('SECURITY.md', 'utf8');
  for (const heading of ['Supported versions', 'Reporting', 'What is protected', 'What is not', 'Where secrets are'])
    expect(text).toContain(`\n## ${heading}\n`);
  expect(text).toContain(`heed needs Node ${/\d+\.\d+/.exec(manifest.engines.node)![0]} or newer`);
});
