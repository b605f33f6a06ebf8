import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tuneVerb } from '../../src/cli/tune.ts';
import { lampRuns, runVerb, workFolder, writeCase } from './audio-commands.ts';

let folder: ReturnType<typeof workFolder>;
beforeEach(() => {
  folder = workFolder();
});
afterEach(() => rmSync(folder.root, { recursive: true }));

const run = (...args: string[]) => runVerb(tuneVerb, [folder.casesDir, '--commands', folder.commandsDir, ...args]);

interface Line {
  type: string;
  file?: string;
  is_command?: boolean;
  score?: number;
  threshold?: number;
  taken?: number;
  commands?: number;
  falseAccepts?: number;
  others?: number;
}

async function linesOf(...args: string[]): Promise<Line[]> {
  const { output } = await run('--json', ...args);
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

describe('heed tune', () => {
  test('chooses a threshold between commands and the rest, and writes it where it is told to; no handler runs', async () => {
    mkdirSync(join(folder.casesDir, 'not'));
    writeCase(folder.casesDir, 'on', 'turn on the lamp');
    writeCase(join(folder.casesDir, 'not'), 'weather', 'what a lovely day');
    const config = join(folder.root, 'heed.config.json');
    writeFileSync(config, '{"language": "en", "match": {"chain": true}}');
    const { code, output } = await run('--write', '--config', config);
    const { match, language } = JSON.parse(readFileSync(config, 'utf8')) as {
      language: string;
      match: { threshold: number; chain: boolean };
    };
    expect(output).toContain(
      `A match.threshold of ${match.threshold} accepts 1 of 1 commands and 0 of 1 other recordings.`,
    );
    expect(output).toContain(`The threshold was written to ${config}.`);
    expect([language, match.chain]).toEqual(['en', true]);
    expect(code).toBe(0);
    expect(lampRuns()).toBe(0);
  });

  test('hears a case in its contexts', async () => {
    writeFileSync(
      join(folder.commandsDir, 'pause.ts'),
      "export default { phrases: ['break it'], contexts: ['music'], run() {} };",
    );
    writeCase(folder.casesDir, 'a-command', 'break it', { command: 'pause' });
    writeCase(folder.casesDir, 'b-elsewhere', 'break it', null);
    writeCase(folder.casesDir, 'c-in-music', 'break it', null, { contexts: ['music'] });
    const scores = Object.fromEntries(
      (await linesOf())
        .filter(({ type }) => type === 'recording')
        .map(({ file, score }) => [file!.split('/').at(-1), score]),
    );
    expect(scores['a-command.wav']).toBeGreaterThan(0.5);
    expect(scores['b-elsewhere.wav']).toBe(0);
    expect(scores['c-in-music.wav']).toBe(scores['a-command.wav']);
  });

  test.each([
    ['no folder', '/nowhere'],
    ['commands alone', undefined],
  ])('refuses %s', async (_, dir) => {
    writeCase(folder.casesDir, 'on', 'turn on the lamp');
    await expect(runVerb(tuneVerb, [dir ?? folder.casesDir, '--commands', folder.commandsDir])).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
