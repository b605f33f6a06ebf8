import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createProgram, runCli } from '../src/main.ts';
import { patient } from './patience.ts';

vi.setConfig({ testTimeout: patient(20_000) });

const pages = ['README.md', 'docs/cli.md', 'docs/files.md', 'docs/why.md', 'docs/commands.md', 'docs/lint.md'];
const page = readFileSync('docs/cli.md', 'utf8');

function program(): Command {
  return createProgram({
    done: () => undefined,
    createHeed: () => Promise.reject(new Error('Nothing is run here.')),
  });
}

/** All verbs, and those below them. */
const verbs = (from: Command): Command[] => from.commands.flatMap((command) => [command, ...verbs(command)]);

/** Splits a line as a shell would, as far as the pages need it. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare!);
}

/** The calls of heed in a line, which may be a pipe. */
function callsIn(line: string): string[][] {
  return line.split(/\s[|<]\s/).flatMap((part) => {
    const [first, ...rest] = wordsOf(part.replace(/\s+#.*$/, '').replace(/^\s*\$?\s*(?:npx )?/, ''));
    return first === 'heed' ? [rest] : [];
  });
}

/** Throws what the command line throws for wrong usage; runs nothing. */
function parse(args: string[]): void {
  const checked = program();
  for (const verb of verbs(checked)) verb.action(() => undefined).configureOutput({ writeErr: () => undefined });
  checked.parse(args, { from: 'user' });
}

const examples = pages.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/^```(?:sh|console)?\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block]) => block!.split('\n'))
    .flatMap((line) => callsIn(line).map((args) => [file, args] as const)),
);

test.each(examples)('%s calls heed with arguments that it takes: %j', (_file, args) => {
  expect(() => parse([...args])).not.toThrow();
});

test('the examples in the help of every verb fit that verb', () => {
  let shown = '';
  for (const verb of verbs(program())) {
    verb.configureOutput({ writeOut: (text) => (shown += text) });
    verb.outputHelp();
  }
  const calls = shown.split('\n').filter((line) => line.startsWith('  $ '));
  expect(calls.length).toBeGreaterThan(25);
  for (const line of calls) {
    const found = callsIn(line);
    expect(found, line).not.toEqual([]);
    for (const args of found) expect(() => parse(args), line).not.toThrow();
  }
});

test('the page names every verb, and the help groups all of them', () => {
  const names = program().commands.map((verb) => verb.name());
  expect(names.filter((name) => !page.includes(`\`${name}`))).toEqual([]);
  const help = program().helpInformation();
  expect(help.indexOf('init')).toBeLessThan(help.indexOf('transcribe'));
  expect(help).not.toMatch(/^Commands:/m);
});

test('the first minutes go as the page says', async () => {
  const home = process.cwd();
  const dir = mkdtempSync(join(tmpdir(), 'heed-docs-cli-'));
  let output = '';
  const write = (text: unknown): void => void (output += `${String(text)}\n`);
  vi.spyOn(console, 'log').mockImplementation(write);
  vi.spyOn(console, 'error').mockImplementation(write);
  process.chdir(dir);
  onTestFinished(() => {
    process.chdir(home);
    vi.restoreAllMocks();
    rmSync(dir, { recursive: true });
  });
  const [, session] = /^```console\n([\s\S]*?)^```$/m.exec(page)!;
  for (const step of session!.split(/^(?=\$ )/m)) {
    const [call, ...expected] = step.trimEnd().split('\n');
    output = '';
    expect(await runCli(callsIn(call!)[0]!), call).toBe(0);
    const isShortened = expected.at(-1) === '…';
    const lines = output.trimEnd().split('\n');
    expect(isShortened ? [...lines.slice(0, expected.length - 1), '…'] : lines).toEqual(expected);
  }
});
