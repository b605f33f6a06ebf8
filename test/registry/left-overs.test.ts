import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { localImporter, Registry } from '../../src/registry/index.ts';
import { patient } from '../patience.ts';
import { CommandFiles, commandSource } from './command-files.ts';

/** Makes the folder that a process with this number would have left. */
const leftBy = (pid: number): string => mkdtempSync(join(tmpdir(), `heed-commands-${hostname()}-${pid}-`));

test('compiled files of a process that was killed are removed at the next start, and no others', async () => {
  const killed = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(killed, 'spawn');
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const [old, current] = [leftBy(killed.pid!), leftBy(process.ppid)];
  const registry = new Registry({ language: 'en', importer: localImporter(patient(10_000)) });
  await registry.load(new CommandFiles({ 'go.ts': commandSource('go') }).dir);
  expect(registry.problems).toEqual([]);
  expect([existsSync(old), existsSync(current)]).toEqual([false, true]);
  expect(readdirSync(tmpdir()).some((name) => name.startsWith(`heed-commands-${hostname()}-${process.pid}-`))).toBe(
    true,
  );
});
