import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
