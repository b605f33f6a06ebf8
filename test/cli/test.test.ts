import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testVerb } from '../../src/cli/test.ts';
import { lampRuns, runVerb, workFolder, writeCase } from './audio-commands.ts';

let folder: ReturnType<typeof workFolder>;
beforeEach(() => {
  folder = workFolder();
});
afterEach(() => rmSync(folder.root, { recursive: true }));

const lamp = { command: 'lamp', args: {} };
const run = (...args: string[]) => runVerb(testVerb, [folder.casesDir, '--commands', folder.commandsDir, ...args]);

describe('heed test', () => {
  test('passes when every case is understood as expected, and runs no handler', async () => {
    writeCase(folder.casesDir, 'lamp-on', 'turn on the lamp', lamp);
    writeCase(folder.casesDir, 'weather', 'what a lovely day', null);
    const { code, output } = await run();
    expect(output).toBe('✓ lamp-on  lamp {}\n✓ weather  no command\n\n2 of 2 cases passed.\n');
    expect(code).toBe(0);
    expect(lampRuns()).toBe(0);
  });

  test('fails when one is not, and reports what was expected, what came and what was heard', async () => {
    writeCase(folder.casesDir, 'a-good', 'turn on the lamp', lamp);
    writeCase(folder.casesDir, 'b-wrong', 'turn off the lamp', { command: 'radio', args: { on: false } });
    writeCase(folder.casesDir, 'c-missed', 'what a lovely day', lamp);
    writeCase(folder.casesDir, 'd-too-much', 'turn on the lamp', null);
    const { code, output } = await run();
    expect(code).toBe(1);
    expect(output.split('\n').filter((line) => /^[✓✗]/.test(line))).toEqual([
      '✓ a-good  lamp {}',
      '✗ b-wrong',
      '✗ c-missed',
      '✗ d-too-much',
    ]);
    expect(output).toContain(
      'expected  radio {"on":false}\n    came      lamp {}\n    heard     “turn off the lamp”\n',
    );
    expect(output).toMatch(/came {6}no command\n {4}heard {5}“what a lovely day”\n {4}because/);
    expect(output).toContain(`see       heed replay ${folder.casesDir}/c-missed.wav`);
    expect(output).toContain('1 of 4 cases passed, 3 failed.');
  });

  test('reads a case in the contexts of the command that it expects', async () => {
    writeFileSync(
      join(folder.commandsDir, 'pause.ts'),
      "export default { phrases: ['break it'], contexts: ['music'], run() {} };",
    );
    writeCase(folder.casesDir, 'a-music', 'break it', { command: 'pause' });
    writeCase(folder.casesDir, 'b-other', 'break it', null);
    expect((await run()).output).toContain('2 of 2 cases passed.');
  });

  test('reads a case in the contexts in which it was saved, except those that no command names now', async () => {
    writeFileSync(
      join(folder.commandsDir, 'pause.ts'),
      "export default { phrases: ['break it'], contexts: ['music'], run() {} };",
    );
    writeCase(folder.casesDir, 'a-music', 'break it', null, { contexts: ['music'] });
    writeCase(folder.casesDir, 'b-gone', 'break it', null, { contexts: ['radio'] });
    const { output } = await run();
    expect(output).toMatch(/b-gone/);
    expect(output).toContain('1 of 2 cases passed, 1 failed.');
  });

  test('checks typed phrases without audio', async () => {
    const write = (name: string, value: unknown): void =>
      writeFileSync(join(folder.casesDir, `${name}.json`), JSON.stringify(value));
    write('a-typed', { say: 'turn off the lamp', expected: lamp });
    write('b-none', { say: 'fly to the moon', expected: null });
    write('c-wrong', { say: 'fly to the moon', expected: lamp });
    const { code, output } = await run();
    expect(code).toBe(1);
    expect(output).toMatch(/^✓ a-typed {2}lamp {}\n✓ b-none {2}no command\n✗ c-wrong\n/);
    expect(output).toMatch(/heard {5}“fly to the moon”\n {4}because {3}No command/);
    expect(output).not.toContain('heed replay');
    expect(lampRuns()).toBe(0);
  });

  test('counts a case that cannot be read as failed, and goes on', async () => {
    writeFileSync(join(folder.casesDir, 'a-broken.json'), '{');
    writeFileSync(join(folder.casesDir, 'b-silent.json'), '{"expected": null}');
    writeCase(folder.casesDir, 'c-good', 'turn on the lamp', lamp);
    const { code, output } = await run('--json');
    const lines = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(code).toBe(1);
    expect(lines).toEqual([
      expect.objectContaining({
        type: 'case',
        name: 'a-broken',
        passed: false,
        reasons: [expect.stringContaining('not valid JSON')],
      }),
      expect.objectContaining({
        type: 'case',
        name: 'b-silent',
        passed: false,
        reasons: [expect.stringContaining('b-silent.wav')],
      }),
      {
        type: 'case',
        name: 'c-good',
        passed: true,
        expected: [lamp],
        came: [lamp],
        heard: ['turn on the lamp'],
        reasons: [],
      },
      { type: 'summary', cases: 3, failed: 2 },
    ]);
  });

  test('says what is wrong with a broken case, and that a command does not exist', async () => {
    writeFileSync(join(folder.casesDir, 'a-broken.json'), '{');
    writeCase(folder.casesDir, 'b-gone', 'turn on the lamp', { command: 'lantern' });
    const { output } = await run();
    expect(output).toMatch(/^✗ a-broken\n {4}\S.*not valid JSON.*\n✗ b-gone$/m);
    expect(output).toContain('because   There is no command "lantern".');
  });

  test('says so when there are no cases, or no folder', async () => {
    await expect(run()).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('no cases') });
    rmSync(folder.casesDir, { recursive: true });
    await expect(run()).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('no folder') });
  });

  test('understands the examples and `not` phrases of the commands, and needs no cases then', async () => {
    writeFileSync(
      join(folder.commandsDir, 'radio.ts'),
      `export default {
        phrases: ['play the radio', 'the radio is nice'],
        examples: [{ say: 'play the radio' }],
        not: ['the radio is dear'],
        run() {},
      };`,
    );
    const { code, output } = await runVerb(testVerb, ['--commands', folder.commandsDir]);
    expect(output).toBe('✓ 1 examples and 1 phrases of “not” are understood as they should be\n');
    expect(code).toBe(0);
  });

  test('fails when an example is understood as something else', async () => {
    const radio = "export default { phrases: ['play the radio'], examples: [{ say: 'play the news' }], run() {} };";
    writeFileSync(join(folder.commandsDir, 'radio.ts'), radio);
    const { code, output } = await runVerb(testVerb, ['--commands', folder.commandsDir]);
    expect(output).toMatch(
      /^✗ radio {2}“play the news” is no command: .*\n✗ 1 of 1 examples are understood wrongly\n$/,
    );
    expect(code).toBe(1);
  });
});
