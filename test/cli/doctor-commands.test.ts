import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { doctorVerb } from '../../src/cli/doctor.ts';
import { runVerb, workFolder } from './audio-commands.ts';

let folder: ReturnType<typeof workFolder>;
beforeEach(() => {
  folder = workFolder();
});
afterEach(() => rmSync(folder.root, { recursive: true }));

const commandLines = async (dir: string): Promise<string[]> => {
  const { output } = await runVerb(doctorVerb, ['--commands', dir]);
  return output.split('\n').filter((line) => line.slice(2).startsWith('commands'));
};

test('lists the commands that were loaded', async () => {
  expect(await commandLines(folder.commandsDir)).toEqual([expect.stringMatching(/^✓ commands {2}1 from .*: lamp$/)]);
});

test('lists every problem in a line of its own, with file and line', async () => {
  writeFileSync(join(folder.commandsDir, 'a.ts'), "export default {\n  phrases: ['go {where}'], run() {} };");
  writeFileSync(join(folder.commandsDir, 'b.js'), 'export default {');
  expect(await commandLines(folder.commandsDir)).toEqual([
    expect.stringMatching(/^✗ commands {2}\S*commands\/a\.ts:2: .*\{where\}/),
    expect.stringMatching(/^✗ commands {2}\S*commands\/b\.js:1: This does not compile/),
  ]);
});

test('says how to begin where there are no commands', async () => {
  rmSync(join(folder.commandsDir, 'lamp.ts'));
  expect(await commandLines(folder.commandsDir)).toEqual([expect.stringContaining('`heed init` adds an example')]);
  expect(await commandLines(join(folder.root, 'nowhere'))).toEqual([expect.stringContaining('`heed init` makes one')]);
});

test('tells no token and no key, not even of a command file whose error quotes them', async () => {
  vi.stubEnv('HEED_SERVER_TOKEN', 'token-7Hq2aaaaaaaa');
  vi.stubEnv('HEED_WEBHOOK_URL', 'http://hook-user:word-Key9@127.0.0.1:9/path-Key9?key=query-Key9');
  vi.stubEnv('HEED_WEBHOOK_SECRET', 'signing-Key9');
  const quoting = `throw new Error(Object.values(process.env).filter((value) => /Key9|7Hq2/.test(value)).join(' '));`;
  writeFileSync(join(folder.commandsDir, 'quoting.ts'), quoting);
  try {
    const { output, errors } = await runVerb(doctorVerb, ['--commands', folder.commandsDir]);
    expect(output).toContain('quoting.ts');
    expect(output + errors).not.toMatch(/Key9|7Hq2/);
  } finally {
    vi.unstubAllEnvs();
  }
});
