import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lintVerb } from '../../src/cli/lint.ts';
import { runVerb, workFolder } from './audio-commands.ts';

let folder: ReturnType<typeof workFolder>;
beforeEach(() => {
  folder = workFolder();
});
afterEach(() => rmSync(folder.root, { recursive: true }));

const run = (...args: string[]) => runVerb(lintVerb, ['--commands', folder.commandsDir, ...args]);
const write = (name: string, text: string): void => writeFileSync(join(folder.commandsDir, name), text);
const longer = `export default {
  phrases: [
    'turn on the lamp in the hall',
  ],
  run() {},
};`;

test('finds nothing where nothing is wrong', async () => {
  expect(await run('--strict')).toMatchObject({ code: 0, output: '1 command: 0 problems, 0 pieces of advice.\n' });
});

test('gives advice with file and line, and the way to follow it', async () => {
  write('longer.ts', longer);
  const { code, output } = await run();
  expect(code).toBe(0);
  expect(output).toMatch(
    /^! \S*lamp\.ts:3: "turn on the lamp" is the beginning of .* \(longer\), .* Give one of them another beginning/,
  );
  expect(output).toContain('2 commands: 0 problems, 1 piece of advice.');
});

test('fails on advice when it is told to', async () => {
  write('longer.ts', longer);
  expect((await run('--strict')).code).toBe(1);
});

test('fails on what is wrong, and prints both as JSON for programs', async () => {
  write('longer.ts', longer);
  write('broken.ts', "export default { phrases: ['go {where}'], run() {} };");
  const { code, output } = await run('--json');
  expect(code).toBe(1);
  const lines = output.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({ type: 'problem', file: expect.stringContaining('broken.ts') }),
    expect.objectContaining({ type: 'advice', rule: 'waits', command: 'lamp', line: 3 }),
  ]);
});
