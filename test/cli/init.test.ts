import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { initVerb } from '../../src/cli/init.ts';
import { newVerb } from '../../src/cli/new.ts';
import { sayVerb } from '../../src/cli/say.ts';
import { testVerb } from '../../src/cli/test.ts';
import { heedVersion } from '../../src/cli/version.ts';
import { Registry } from '../../src/registry/index.ts';
import { patient } from '../patience.ts';
import { runVerb } from './audio-commands.ts';

vi.setConfig({ testTimeout: patient(20_000) });

const home = process.cwd();
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'heed-init-'));
  process.chdir(dir);
});
afterEach(() => {
  process.chdir(home);
  rmSync(dir, { recursive: true });
});

const read = (file: string): string => readFileSync(file, 'utf8');
const allFiles = (): string[] =>
  readdirSync('.', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

async function problemsOf(commandsDir = 'commands'): Promise<string[]> {
  const registry = new Registry({ language: 'en' });
  return (await registry.load(commandsDir)).map(({ message }) => message);
}

/** Type-checks the project as its own compiler would, against the declarations of heed. */
function typeCheck(): void {
  mkdirSync('node_modules', { recursive: true });
  symlinkSync(home, 'node_modules/heed');
  execFileSync(process.execPath, [resolve(home, 'node_modules/typescript/bin/tsc'), '-p', '.', '--strict'], {
    encoding: 'utf8',
  });
}

describe('heed init', () => {
  test('makes a project in an empty folder that passes its own test, and says what to try', async () => {
    const { code, output } = await runVerb(initVerb, []);
    expect(code).toBe(0);
    expect(allFiles()).toEqual([
      '.gitignore',
      'cases/tea-timer.json',
      'commands/timer.ts',
      'heed.config.json',
      'package.json',
      'tsconfig.json',
    ]);
    expect(JSON.parse(read('package.json'))).toEqual({
      private: true,
      type: 'module',
      scripts: { dev: 'heed dev', test: 'heed test' },
      dependencies: { heed: `^${heedVersion()}` },
    });
    expect(read('.gitignore')).toContain('.heed/\n');
    for (const step of ['npm install', 'npx heed dev', 'npx heed say "', 'npx heed test', 'npx heed new NAME'])
      expect(output).toContain(step);
    expect(await problemsOf()).toEqual([]);
    const tested = await runVerb(testVerb, []);
    expect(tested).toMatchObject({ code: 0, output: expect.stringContaining('1 of 1 cases passed.') });
  });

  test.each([
    ['module', undefined, 'timer.ts'],
    ['commonjs', undefined, 'timer.ts'],
    [undefined, undefined, 'timer.ts'],
    ['module', '--javascript', 'timer.js'],
    ['commonjs', '--javascript', 'timer.mjs'],
    [undefined, '--javascript', 'timer.js'],
  ])('in a project of type %s with the option %s writes %s, which loads and runs', async (type, option, file) => {
    writeFileSync('package.json', JSON.stringify({ name: 'mine', type }));
    await runVerb(initVerb, option === undefined ? [] : [option]);
    expect(readdirSync('commands')).toEqual([file]);
    expect(JSON.parse(read('package.json'))).toMatchObject({ name: 'mine' });
    expect(await problemsOf()).toEqual([]);
    const said = await runVerb(sayVerb, ['start a laundry timer for ten seconds']);
    expect(said).toMatchObject({ code: 0, output: expect.stringContaining('The laundry timer is set.') });
  });

  test.each(['module', 'commonjs', undefined])('in a project of type %s passes tsc --strict', async (type) => {
    writeFileSync('package.json', JSON.stringify({ name: 'mine', type }));
    await runVerb(initVerb, []);
    await runVerb(newVerb, ['blinds']);
    typeCheck();
  });

  test('overwrites nothing and says what it left alone', async () => {
    const own = {
      'package.json': JSON.stringify({ scripts: { test: 'mine' }, dependencies: { heed: 'file:x' } }, undefined, 4),
      'heed.config.json': '{ "commands": { "dir": "voice" } }',
      'tsconfig.json': '{}',
      '.gitignore': 'dist\n.heed',
      'voice/lamp.js': "export default { phrases: ['lamp'], run() {} };",
    };
    mkdirSync('voice');
    for (const [file, text] of Object.entries(own)) writeFileSync(file, text);
    const { output } = await runVerb(initVerb, []);
    for (const file of ['heed.config.json', 'tsconfig.json', 'voice/lamp.js'] as const)
      expect(read(file)).toBe(own[file]);
    expect(JSON.parse(read('package.json'))).toEqual({
      scripts: { test: 'mine', dev: 'heed dev' },
      dependencies: { heed: 'file:x' },
    });
    expect(read('package.json')).toContain('\n    "scripts"');
    expect(read('.gitignore')).toBe('dist\n.heed\nnode_modules/\n');
    expect(output).toContain('the script test was left as it is');
    expect(output).toMatch(/voice\s+has commands already/);
    expect(output).toMatch(/tsconfig.json\s+exists, so it was left as it is/);
    const before = allFiles().map(read);
    await runVerb(initVerb, []);
    expect(allFiles().map(read)).toEqual(before);
  });

  test('makes the folder that is named, and refuses a file', async () => {
    expect((await runVerb(initVerb, ['my-house'])).output).toContain('cd my-house');
    expect(allFiles()).toContain('my-house/commands/timer.ts');
    await expect(runVerb(initVerb, ['my-house/package.json'])).rejects.toThrow('is a file. Name another folder.');
  });

  test('writes nothing when the package.json is broken', async () => {
    writeFileSync('package.json', '{');
    await expect(runVerb(initVerb, [])).rejects.toMatchObject({ code: 'bad-config' });
    expect(allFiles()).toEqual(['package.json']);
  });
});

describe('heed new', () => {
  test.each(['blinds', 'music/volume', 'desk-lamp', 'deskFan', 'scene-2', 'größe'])(
    'adds the command %s, whose example holds',
    async (name) => {
      const { code, output } = await runVerb(newVerb, [name]);
      expect(code).toBe(0);
      expect(await problemsOf()).toEqual([]);
      const phrase = /npx heed say "(.*)"/.exec(output)![1]!;
      const said = await runVerb(sayVerb, [phrase]);
      expect(said).toMatchObject({ code: 0, output: expect.stringContaining(`→ ${name} {"level":"medium"}`) });
    },
  );

  test('writes what the other commands are written in, unless told otherwise', async () => {
    mkdirSync('commands');
    writeFileSync('commands/a.mjs', "export default { phrases: ['a b c'], run() {} };");
    await runVerb(newVerb, ['one']);
    await runVerb(newVerb, ['two', '--typescript']);
    await runVerb(newVerb, ['three', '--javascript']);
    expect(readdirSync('commands')).toEqual(['a.mjs', 'one.mjs', 'three.mjs', 'two.ts']);
  });

  test.each([
    ['Turn On!', 'Try: heed new turn-on'],
    ['../lights', 'Try: heed new lights'],
    ['_lights', 'Try: heed new lights'],
    ['lights.ts', 'Try: heed new lights'],
    ['2', 'Try: heed new lights'],
  ])('refuses the name %s with a better one', async (name, fix) => {
    await expect(runVerb(newVerb, [name])).rejects.toThrow(fix);
    expect(allFiles()).toEqual([]);
  });

  test('refuses a name that is taken by a file of any kind', async () => {
    mkdirSync('commands');
    writeFileSync('commands/Lights.cjs', '');
    await expect(runVerb(newVerb, ['lights'])).rejects.toThrow('There already is a command "Lights", in commands');
  });
});
