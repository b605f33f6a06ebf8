import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hearVerb } from '../../src/cli/hear.ts';
import { lampRuns, runVerb, workFolder, writeCase } from './audio-commands.ts';

let folder: ReturnType<typeof workFolder>;
beforeEach(() => {
  folder = workFolder();
});
afterEach(() => rmSync(folder.root, { recursive: true }));

const run = (...files: string[]) =>
  runVerb(hearVerb, ['--commands', folder.commandsDir, ...files.map((file) => join(folder.casesDir, `${file}.wav`))]);

describe('heed hear', () => {
  test('runs the commands of its files', async () => {
    const before = lampRuns();
    writeCase(folder.casesDir, 'on', 'turn on the lamp');
    const { code, output } = await run('on');
    expect(code).toBe(0);
    expect(output).toContain('→ lamp {}');
    expect(lampRuns()).toBe(before + 1);
  });

  test('ends with 1 when a phrase was not a command', async () => {
    writeCase(folder.casesDir, 'on', 'turn on the lamp');
    writeCase(folder.casesDir, 'day', 'what a lovely day');
    expect((await run('on', 'day')).code).toBe(1);
  });

  test('runs the commands of a file that ends early, reports that, and ends with 1', async () => {
    const before = lampRuns();
    writeCase(folder.casesDir, 'on', 'turn on the lamp');
    const path = join(folder.casesDir, 'on.wav');
    writeFileSync(path, readFileSync(path).subarray(0, -200));
    const { code, output } = await run('on');
    expect(code).toBe(1);
    expect(lampRuns()).toBe(before + 1);
    expect(output).toContain('The file ends early');
  });
});
