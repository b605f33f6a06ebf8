import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { concatSamples } from '../../src/audio/concat-samples.ts';
import { encodeWav } from '../../src/audio/index.ts';
import { hearVerb } from '../../src/cli/hear.ts';
import { HeedError } from '../../src/errors.ts';
import type { Ears } from '../../src/session/index.ts';
import { say, ToneEars, type Phrase } from '../server/fake-ears.ts';
import { lampRuns, runVerb, workFolder, writeCase, type RunOptions } from './audio-commands.ts';

let folder: ReturnType<typeof workFolder>;
beforeEach(() => {
  folder = workFolder();
});
afterEach(() => rmSync(folder.root, { recursive: true }));

const path = (file: string): string => (file === '-' ? file : join(folder.casesDir, `${file}.wav`));
const runWith = (options: RunOptions, ...files: string[]) =>
  runVerb(hearVerb, ['--commands', folder.commandsDir, ...files.map(path)], options);
const run = (...files: string[]) => runWith({}, ...files);

/** Writes a file in which the phrases follow each other. */
function writeFile(name: string, ...spoken: [phrase: Phrase, silenceMs: number][]): void {
  const samples = concatSamples(spoken.map(([phrase, silenceMs]) => say(phrase, { silenceMs })));
  writeFileSync(path(name), encodeWav(samples));
}

const readingMs = 12_000;

/** Ears with a single worker that takes twelve seconds for each reading, and for which nothing may wait. */
function slowEars(): Ears {
  const { vad, transcriber } = new ToneEars();
  let spentMs = 0;
  let isReading = false;
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + spentMs);
  return {
    vad,
    transcriber: {
      ...transcriber,
      open: (sessionId) => {
        const audio = transcriber.open(sessionId);
        return {
          get length() {
            return audio.length;
          },
          append: (samples) => audio.append(samples),
          promote: () => audio.promote(),
          close: () => audio.close(),
          read: async (options) => {
            if (isReading) throw new HeedError('busy', 'No speech worker became free in time.');
            isReading = true;
            await new Promise((resolve) => setImmediate(resolve));
            spentMs += readingMs;
            isReading = false;
            return audio.read(options);
          },
        };
      },
    },
  };
}

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
    writeFileSync(path('on'), readFileSync(path('on')).subarray(0, -200));
    const { code, output, errors } = await run('on');
    expect(code).toBe(1);
    expect(lampRuns()).toBe(before + 1);
    expect(output + errors).toContain('The file ends early');
  });

  test('says in one line which file is broken, hears the others, and ends with 1', async () => {
    const before = lampRuns();
    writeCase(folder.casesDir, 'on', 'turn on the lamp');
    writeFileSync(path('bad'), 'This is no sound.');
    const { code, errors } = await run('on', 'bad', 'nothing', 'on');
    expect(code).toBe(1);
    expect(lampRuns()).toBe(before + 2);
    expect(errors.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^✗ .*bad\.wav: An audio file .* was expected/),
      expect.stringMatching(/^✗ .*nothing\.wav: .* cannot be opened/),
    ]);
  });

  test('reads standard input where - stands, whatever its format, and only once', async () => {
    writeCase(folder.casesDir, 'on', 'turn on the lamp');
    const input = readFileSync(path('on'));
    expect(await runWith({ input }, '-')).toMatchObject({ code: 0, output: expect.stringContaining('→ lamp') });
    const bad = await runWith({ input: Buffer.from('no sound') }, '-');
    expect(bad).toMatchObject({ code: 1, errors: expect.stringMatching(/^✗ standard input: An audio file/) });
    await expect(runWith({ input }, '-', '-')).rejects.toMatchObject({ code: 'commander.error' });
  });

  test('loses no phrase of a file that is read faster than it is understood', async () => {
    const before = lampRuns();
    writeFile(
      'many',
      ...Array.from(
        { length: 6 },
        (_, i) => [i % 2 ? 'turn off the lamp' : 'turn on the lamp', 900] as [Phrase, number],
      ),
    );
    const { code, output } = await runWith({ ears: slowEars() }, 'many');
    expect(output.match(/→ lamp/g)).toHaveLength(6);
    expect(output).not.toContain('refused');
    expect(code).toBe(0);
    expect(lampRuns()).toBe(before + 6);
  });

  describe('with a command that asks', () => {
    beforeEach(() => {
      writeFileSync(
        join(folder.commandsDir, 'break.ts'),
        `import { defineCommand, list } from 'heed';
        export default defineCommand({
          phrases: ['break it'],
          run: async ({ ask }) => ({ say: 'So: ' + (await ask('How?', { slot: list(['what a lovely day']) })) }),
        });`,
      );
    });

    test('takes the answer from the file, however long it takes to be read', async () => {
      writeFile('asked', ['break it', 3_000], ['what a lovely day', 900], ['turn on the lamp', 900]);
      const { code, output } = await runWith({ ears: slowEars() }, 'asked');
      expect(output).toContain('✓ So: what a lovely day');
      expect(output).toContain('→ lamp');
      expect(code).toBe(0);
    });

    test('gives the question up when the file holds no answer for as long as a speaker may take', async () => {
      writeFile('late', ['break it', 20_000], ['what a lovely day', 900]);
      const { code, output } = await run('late');
      expect(output).toContain('refused: No answer came.');
      expect(output).not.toContain('So:');
      expect(code).toBe(1);
    });

    test('does not wait for an answer after the end of the file', async () => {
      writeFile('open', ['break it', 900]);
      const { code, output } = await run('open');
      expect(output).toContain('refused: The session has ended.');
      expect(code).toBe(1);
    });
  });
});
