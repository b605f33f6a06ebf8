import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { modelsVerb } from '../../src/cli/models.ts';
import { temporaryFolder, writeCtranslate2 } from '../models/fixtures.ts';
import { deadAddress } from '../models/hub.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Runs `heed models …` with a models folder of its own; resolves with the exit code and the output lines. */
async function run(folder: string, ...args: string[]): Promise<{ code: number | undefined; lines: string[] }> {
  vi.stubEnv('HEED_MODELS_DIR', join(folder, 'models'));
  vi.stubEnv('HEED_MODELS_HUB', await deadAddress());
  vi.stubEnv('HEED_MODELS_SOURCES', 'hub');
  let output = '';
  const write = (text: unknown): boolean => {
    output += String(text);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(write);
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  vi.spyOn(console, 'log').mockImplementation((text: unknown) => void write(`${String(text)}\n`));
  let code: number | undefined;
  const program = new Command('heed').addCommand(
    modelsVerb({
      done: (exitCode) => {
        code = exitCode;
      },
    }),
  );
  for (const command of [program, ...program.commands, ...program.commands.flatMap((child) => child.commands)])
    command.exitOverride().configureOutput({ writeOut: write });
  await program.parseAsync(['models', ...args], { from: 'user' });
  return { code, lines: output.trimEnd().split('\n') };
}

describe('heed models', () => {
  test('lists name, size, languages, licence and what is there', async () => {
    const { code, lines } = await run(temporaryFolder());
    expect(code).toBe(0);
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}base +148 MB {2}99 languages +speech +MIT$/));
    expect(lines).toContainEqual(
      expect.stringMatching(/^ {2}large-v3-turbo-q5_0 +574 MB {2}100 languages +speech +MIT$/),
    );
  });

  test('gives one object per line with --json, before or after the verb', async () => {
    const folder = temporaryFolder();
    for (const args of [['--json'], ['verify', '--json'], ['--json', 'verify']]) {
      const { code, lines } = await run(folder, ...args);
      expect(code).toBe(0);
      for (const line of lines.filter((text) => text !== '')) expect(JSON.parse(line)).toHaveProperty('name');
    }
    expect(JSON.parse((await run(folder, '--json')).lines[0]!)).toEqual({
      name: 'tiny.en',
      kind: 'speech',
      size_bytes: 77_704_715,
      languages: 'English',
      licence: 'MIT',
      present: false,
      path: join(folder, 'models', 'ggml-tiny.en.bin'),
    });
  });

  test('imports a folder, lists it, verifies it, and removes it when it is damaged', async () => {
    const folder = temporaryFolder();
    const imported = await run(folder, 'import', writeCtranslate2(join(folder, 'mine')), '--name', 'my-own');
    expect(imported).toMatchObject({
      code: 0,
      lines: [expect.stringMatching(/^✓ my-own: .*ggml-my-own\.bin$/), expect.stringMatching(/--model my-own/)],
    });
    expect((await run(folder)).lines).toContainEqual(
      expect.stringMatching(/^✓ my-own +8 MB {2}English +speech +yours$/),
    );
    expect(await run(folder, 'get', 'my-own')).toMatchObject({ code: 0 });
    expect(await run(folder, 'verify')).toMatchObject({ code: 0, lines: [expect.stringMatching(/^✓ my-own/)] });
    truncateSync(join(folder, 'models', 'ggml-my-own.bin'), 1000);
    expect(await run(folder, 'verify')).toMatchObject({
      code: 1,
      lines: [expect.stringMatching(/^✗ my-own: the checksum of .* was wrong; the file was removed/)],
    });
    expect(readdirSync(join(folder, 'models'))).toEqual([]);
  });

  test.each([
    [['get', 'base'], 'fetch-failed'],
    [['get', 'no-such-model'], 'not-found'],
    [['verify', 'no-such-model'], 'not-found'],
    [['import', '/no/such/folder'], 'not-found'],
  ])('fails with %j', async (args, code) => {
    await expect(run(temporaryFolder(), ...args)).rejects.toMatchObject({ code });
  });

  test.each([[['get']], [['import']], [['nonsense']], [['--nonsense']]])('refuses the usage %j', async (args) => {
    await expect(run(temporaryFolder(), ...args)).rejects.toThrow(CommanderError);
  });

  test.each([[[]], [['get']], [['import']], [['verify']]])(
    'shows examples and exit codes with %j --help',
    async (args) => {
      vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
      const help: string[] = [];
      const program = new Command('heed').addCommand(modelsVerb({ done: () => undefined }));
      for (const command of [program, ...program.commands, ...program.commands.flatMap((child) => child.commands)])
        command.exitOverride().configureOutput({ writeOut: (text) => void help.push(text) });
      await expect(program.parseAsync(['models', ...args, '--help'], { from: 'user' })).rejects.toThrow(CommanderError);
      expect(help.join('')).toMatch(/Examples:\n {2}\$ heed [\s\S]*Exit codes: 0 done/);
    },
  );
});
