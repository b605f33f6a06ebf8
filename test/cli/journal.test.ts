import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { JournalFile } from '../../src/journal/journal-file.ts';
import { runCli } from '../../src/main.ts';

let dir: string;
let printed: string[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'heed-journal-'));
  writeFileSync(join(dir, 'heed.config.json'), JSON.stringify({ dispatch: { journal: join(dir, 'journal.db') } }));
  printed = [];
  const keep = (text: unknown): boolean => printed.push(String(text).trimEnd()) > 0;
  vi.spyOn(console, 'log').mockImplementation(keep);
  vi.spyOn(console, 'error').mockImplementation(keep);
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true });
});

const journal = (...args: string[]): Promise<number> =>
  runCli(['journal', '--config', join(dir, 'heed.config.json'), ...args]);

/** Writes commands: one that is done, and one whose process has ended. */
function write(): void {
  const file = new JournalFile({ path: join(dir, 'journal.db'), max: 10, owner: `${process.pid}:1` });
  const entry = { sessionId: 's', command: 'lights', phrase: 'turn on the lights', args: { room: 'den' } };
  file.begin({ ...entry, key: 'a' });
  file.end('a', { status: 'failed', code: 'command-failed', message: 'No power.', durationMs: 1 });
  file.begin({ ...entry, key: 'b' });
  file.close();
}

test('heed journal shows what ran and how it ended', async () => {
  write();
  expect(await journal()).toBe(0);
  expect(printed).toEqual([
    expect.stringMatching(/^\d{4}-\S+Z {2}failed {3}lights \{"room":"den"\} {2}“turn on the lights”: No power\.$/),
    expect.stringMatching(/Z {2}unknown {2}lights /),
  ]);
});

test('a phrase that somebody typed commands no terminal', async () => {
  const file = new JournalFile({ path: join(dir, 'journal.db'), max: 10, owner: `${process.pid}:1` });
  file.begin({ sessionId: 's', command: 'note', phrase: 'note \x1b]0;owned\x07', args: {}, key: 'a' });
  file.close();
  await journal();
  expect(printed.join('')).toContain('“note \\x1b]0;owned\\x07”');
});

test('--since leaves out what is older, and --json prints one object a line', async () => {
  write();
  expect(await journal('--json', '--since', '1h')).toBe(0);
  expect(printed.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { type: 'entry', key: 'a', status: 'failed' },
    { type: 'entry', key: 'b', status: 'unknown' },
  ]);
  printed = [];
  expect(await journal('--since', '2999-01-01')).toBe(0);
  expect(printed).toEqual([]);
});

test('--purge forgets what is older than a time, or everything', async () => {
  write();
  expect(await journal('--purge', '1h')).toBe(0);
  expect(await journal('--purge')).toBe(0);
  expect(printed).toEqual(['0 entries are forgotten.', '2 entries are forgotten.']);
});

test('a time that is none is wrong usage, and a missing journal is told', async () => {
  expect(await journal('--since', 'yesterday')).toBe(2);
  printed = [];
  expect(await journal()).toBe(1);
  expect(printed).toEqual([expect.stringContaining('There is no journal at')]);
});
