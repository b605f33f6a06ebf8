import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Registry, type CommandContext } from '../../src/registry/index.ts';
import { eventually } from '../patience.ts';
import { CommandFiles, commandSource } from './command-files.ts';

const phrasesOf = (count: number): string =>
  commandSource('x').replace("['x']", `Array.from({ length: ${count} }, (_, i) => 'odd ' + i)`);
const listen = (path: string): void => {
  const server = createServer().listen(path);
  onTestFinished(() => void server.close());
};

test.each<[string, (path: string) => void, string]>([
  ['a pipe', (path) => execFileSync('mkfifo', [path]), 'a pipe'],
  ['a socket', listen, 'a socket'],
  ['a device', (path) => symlinkSync('/dev/zero', path), 'a device'],
  ['a link to nothing', (path) => symlinkSync('/nowhere', path), 'leads to nothing'],
  ['a link to itself', (path) => symlinkSync(path, path), 'leads to nothing'],
  ['a folder', (path) => mkdirSync(path), 'This is a folder'],
  ['a file of 10 MB', (path) => writeFileSync(path, commandSource('odd') + `//${'x'.repeat(1e7)}`), '10.0 MB'],
  ['nothing', (path) => writeFileSync(path, ''), 'default export'],
  ['a file of zeros', (path) => writeFileSync(path, Buffer.alloc(4_096)), 'does not compile'],
  ['half a file', (path) => writeFileSync(path, commandSource('odd').slice(0, 75)), 'does not compile'],
  ['10,000 phrases', (path) => writeFileSync(path, phrasesOf(10_000)), 'at most 1000 phrases'],
  ['open brackets', (path) => writeFileSync(path, commandSource(`${'['.repeat(20_000)} odd`)), 'too many ways'],
  [
    'brackets in brackets',
    (path) => writeFileSync(path, commandSource(`${'['.repeat(5_000)}odd${']'.repeat(5_000)}`)),
    'too many ways',
  ],
  [
    'more words than anybody says',
    (path) => writeFileSync(path, commandSource('odd '.repeat(50_000).trim())),
    'too many ways',
  ],
])('%s is told with its place, and all other commands and later changes are loaded', async (_, make, told) => {
  const files = new CommandFiles({ 'good.ts': commandSource('good') });
  make(files.path('odd.ts'));
  const registry = new Registry({ language: 'en' });
  const problems = await registry.load(files.dir);
  expect(problems).toEqual([expect.objectContaining({ severity: 'error', message: expect.stringContaining(told) })]);
  expect(problems[0]!.file).toContain('odd.ts');
  expect(registry.commands.map(({ name }) => name)).toEqual(['good']);
  files.write('good.ts', commandSource('better'));
  await registry.load(files.dir);
  expect(registry.get('good')!.run({} as CommandContext)).toEqual({ say: 'better' });
});

test('a file that becomes something else keeps its last good version', async () => {
  const files = new CommandFiles({ 'a.ts': commandSource('a') });
  const registry = new Registry({ language: 'en' });
  await registry.load(files.dir);
  files.remove('a.ts');
  symlinkSync('/nowhere', files.path('a.ts'));
  const [problem] = await registry.load(files.dir);
  expect(problem!.message).toContain('The last good version stays in use');
  expect(registry.get('a')!.run({} as CommandContext)).toEqual({ say: 'a' });
});

test('a command that could not be compiled, as on a full disk, is loaded when that is possible again', async () => {
  const files = new CommandFiles({ 'a.ts': commandSource('a') });
  const registry = new Registry({ language: 'en' });
  await registry.load(files.dir);
  const stop = registry.watch(files.dir, () => undefined);
  onTestFinished(stop);
  // The folder of compiled files cannot be written while a file has its name.
  const compiled = compiledFolder(files.dir);
  renameSync(compiled, `${compiled}.away`);
  writeFileSync(compiled, '');
  files.write('a.ts', commandSource('anew'));
  await eventually(() => expect(registry.problems[0]?.message).toContain('cannot be loaded'));
  expect(registry.get('a')!.run({} as CommandContext)).toEqual({ say: 'a' });
  rmSync(compiled);
  renameSync(`${compiled}.away`, compiled);
  await eventually(() => expect(registry.get('a')!.run({} as CommandContext)).toEqual({ say: 'anew' }));
  expect(registry.problems).toEqual([]);
});

/** Where the compiled files of a folder are. */
function compiledFolder(dir: string): string {
  const name = createHash('sha256').update(dir).digest('hex').slice(0, 16);
  const own = readdirSync(tmpdir()).filter((folder) => folder.startsWith('heed-commands-'));
  return own.map((folder) => join(tmpdir(), folder, name)).find((path) => existsSync(path))!;
}
