// Prints a list of all packages that heed loads (CycloneDX). npm makes it. Its `--omit dev` leaves out too much: what
// heed loads and a package that only builds heed asks for as well. So they are chosen here, by what the lock file says.
import { execFileSync } from 'node:child_process';

const text = execFileSync('npm', ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  shell: process.platform === 'win32',
});
const list = JSON.parse(text);
const isLoaded = ({ properties = [] }) => !properties.some(({ name }) => name === 'cdx:npm:package:development');
const components = list.components.filter(isLoaded);
const refs = new Set([list.metadata.component['bom-ref'], ...components.map((component) => component['bom-ref'])]);
const dependencies = list.dependencies
  .filter(({ ref }) => refs.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }));
process.stdout.write(`${JSON.stringify({ ...list, components, dependencies }, undefined, 2)}\n`);
