import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { audioPathOf, replayVerb } from '../../src/cli/replay.ts';
import { lampRuns, runVerb, workFolder, writeCase } from './audio-commands.ts';

let folder: ReturnType<typeof workFolder>;
beforeEach(() => {
  folder = workFolder();
});
afterEach(() => rmSync(folder.root, { recursive: true }));

const run = (...args: string[]) => runVerb(replayVerb, ['--commands', folder.commandsDir, ...args]);

describe('heed replay', () => {
  test('shows how a phrase was understood, and runs no handler', async () => {
    writeCase(folder.casesDir, 'on', 'turn on the lamp', { command: 'lamp' });
    const { code, output } = await run(join(folder.casesDir, 'on.wav'));
    expect(code).toBe(0);
    expect(output).toContain('on.wav  expected lamp {}');
    expect(output).toContain('0.00–0.64 s  “turn on the lamp”');
    expect(output).toMatch(/^ {2}speech {4}█+▁+$/m);
    expect(output).toMatch(/^ {12}=+ *\|$/m);
    expect(output).toMatch(
      /^ {2}early .*“turn on the lamp” {2}closed, wait 96 ms: a whole command that nothing can extend$/m,
    );
    expect(output).toMatch(/^ {2}endpoint {2}complete: a whole command that nothing can extend/m);
    expect(output).toMatch(/^ {2}free {6}“turn on the lamp” {2}log-probability -1\.00, -0\.20 a token \(5\)$/m);
    expect(output).toMatch(/^ {2}match {5}lamp \{\} {2}exact, score \d\.\d\d$/m);
    expect(output).toMatch(/^ {2}latency {3}end of speech {6}0 ms$/m);
    expect(output).toMatch(/^ +to the handler +\d+ ms/m);
    expect(output).not.toContain('handler done');
    expect(lampRuns()).toBe(0);
  });

  test('gives one trace per line with --json', async () => {
    writeCase(folder.casesDir, 'day', 'what a lovely day');
    const path = join(folder.casesDir, 'day.wav');
    const { output } = await run('--json', path);
    const [trace, ...more] = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(more).toEqual([]);
    expect(trace).toMatchObject({
      file: path,
      start: 0,
      free: { text: 'what a lovely day' },
      understood: { completeness: 'none' },
      outcomes: [],
      endpoint: { reason: 'silence' },
    });
    expect((trace!['understood'] as { reason: string }).reason).not.toBe('');
  });

  test.each([
    [[], 'none'],
    [['--context', 'music'], 'closed'],
  ])('with %j understands a phrase of a context as %s', async (options, completeness) => {
    writeFileSync(
      join(folder.commandsDir, 'pause.ts'),
      "export default { phrases: ['break it'], contexts: ['music'], run() {} };",
    );
    writeCase(folder.casesDir, 'a', 'break it');
    const { output } = await run('--json', ...options, join(folder.casesDir, 'a.wav'));
    expect(JSON.parse(output)).toMatchObject({ understood: { completeness } });
  });

  test('says which file does not exist, and goes on', async () => {
    writeCase(folder.casesDir, 'on', 'turn on the lamp');
    const { code, output, errors } = await run(join(folder.root, 'nothing.wav'), join(folder.casesDir, 'on.wav'));
    expect(errors).toMatch(/^✗ .*nothing.wav: The audio file .* cannot be opened/);
    expect(output).toContain('turn on the lamp');
    expect(code).toBe(1);
  });
});

test.each([
  ['on', 'a bare name'],
  ['on.json', 'the file of a case'],
  ['on.wav', 'its audio'],
])('%s is found as %s', (file) => {
  writeCase(folder.casesDir, 'on', 'turn on the lamp', null);
  const wav = join(folder.casesDir, 'on.wav');
  expect(audioPathOf(join(folder.casesDir, file), 'elsewhere')).toBe(wav);
  expect(audioPathOf(file.replace(/\.wav$/, ''), folder.casesDir)).toBe(wav);
});
