import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryJournal, openJournal, type GivenEntry, type Journal } from '../../src/journal/index.ts';
import { JournalFile } from '../../src/journal/journal-file.ts';
import { patient } from '../patience.ts';

vi.setConfig({ testTimeout: patient(20_000) });

let dir: string;
let path: string;
const logged: string[] = [];
const log = (line: string): void => void logged.push(line);
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'heed-journal-'));
  path = join(dir, 'deep', 'journal.db');
  logged.length = 0;
});
afterEach(() => rmSync(dir, { recursive: true }));

const entry = (key: string): GivenEntry => ({
  key,
  sessionId: 's',
  segmentId: '7',
  command: 'lights',
  phrase: 'turn on the lights',
  args: { room: 'kitchen', level: 50 },
});
const done = { status: 'done', canUndo: false, durationMs: 3 } as const;
const failed = (code: string) => ({ status: 'failed', code, message: 'It is broken.', durationMs: 3 }) as const;

/** Both kinds of journal, each with room for `max` entries. */
const kinds: [string, (max?: number) => Promise<Journal>][] = [
  ['in memory', async (max = 100) => new MemoryJournal(max)],
  ['in a file', (max = 100) => openJournal({ path, max, log })],
];

describe.each(kinds)('A journal %s', (_, open) => {
  it('has a command from before its handler starts until after it has ended', async () => {
    const journal = await open();
    expect(await journal.begin(entry('a'))).toBe(true);
    expect(await journal.list()).toEqual([
      { ...entry('a'), status: 'running', time: expect.stringMatching(/^\d{4}-.*Z$/) },
    ]);
    await journal.end('a', done);
    await journal.add(entry('b'), { status: 'refused', reason: 'No.', durationMs: 1 });
    expect(await journal.list()).toMatchObject([
      { key: 'a', status: 'done', outcome: done },
      { key: 'b', status: 'refused' },
    ]);
    await journal.close();
  });

  it('lets no command with a key that it knows begin', async () => {
    const journal = await open();
    await journal.begin(entry('a'));
    await journal.end('a', failed('timeout'));
    expect(await journal.begin(entry('a'))).toBe(false);
    expect(await journal.list()).toMatchObject([{ key: 'a', status: 'failed' }]);
    await journal.close();
  });

  it('says of a command whose process was lost that its outcome is unknown', async () => {
    const journal = await open();
    await journal.begin(entry('a'));
    await journal.end('a', failed('worker-lost'));
    expect(await journal.list()).toMatchObject([{ status: 'unknown', outcome: { code: 'worker-lost' } }]);
    await journal.close();
  });

  it('drops the oldest when there are too many, but none that is running', async () => {
    const journal = await open(2);
    await journal.begin(entry('a'));
    for (const key of ['b', 'c', 'd']) await journal.add(entry(key), done);
    expect((await journal.list()).map(({ key }) => key)).toEqual(['a', ...(await lastOf(journal))]);
    await journal.close();
  });

  it('forgets a time, except for what is running', async () => {
    const journal = await open();
    await journal.add(entry('a'), done);
    await journal.begin(entry('b'));
    expect(await journal.purge({ untilMs: Date.now() - 60_000 })).toBe(0);
    expect(await journal.purge()).toBe(1);
    expect(await journal.list({ fromMs: Date.now() - 60_000 })).toMatchObject([{ key: 'b' }]);
    expect(await journal.list({ fromMs: Date.now() + 60_000 })).toEqual([]);
    await journal.close();
  });
});

/** The keys at the end of a journal with room for two entries, of which one more may be running. */
async function lastOf(journal: Journal): Promise<string[]> {
  const keys = (await journal.list()).map(({ key }) => key);
  expect(keys.length).toBeLessThanOrEqual(3);
  expect(keys.at(-1)).toBe('d');
  return keys.slice(1);
}

describe('A journal file', () => {
  it('is there after a restart, and nobody else can read it', async () => {
    const first = await openJournal({ path, max: 10, log });
    await first.begin(entry('a'));
    await first.end('a', done);
    await first.close();
    const second = await openJournal({ path, max: 10, log });
    expect(await second.list()).toMatchObject([{ ...entry('a'), status: 'done' }]);
    expect(await second.begin(entry('a'))).toBe(false);
    await second.close();
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(logged).toEqual([]);
  });

  it('holds nothing any more of what was purged', async () => {
    const journal = await openJournal({ path, max: 10, log });
    await journal.add({ ...entry('a'), phrase: 'a secret phrase' }, done);
    await journal.purge();
    await journal.close();
    expect(readFileSync(path).includes('secret')).toBe(false);
  });

  it('that cannot be used is replaced by one in memory, and the log says why', async () => {
    writeFileSync(join(dir, 'no-database'), 'This is no database, but a text that is long enough to be told from one.');
    const journal = await openJournal({ path: join(dir, 'no-database'), max: 10, log });
    expect(journal).toBeInstanceOf(MemoryJournal);
    expect(logged).toEqual([expect.stringContaining('file is not a database')]);
  });

  it('tells of commands that were running when their process was killed, once, and of no other', async () => {
    const other = await writer();
    const living = new JournalFile({ path, max: 10, owner: `${other.pid}:1` });
    living.begin(entry('living'));
    living.close();
    const { pid } = await writer(true);
    const dead = new JournalFile({ path, max: 10, owner: `${pid}:1` });
    dead.begin(entry('dead'));
    dead.close();
    const before = new JournalFile({ path, max: 10, owner: `${process.pid}:1` });
    before.begin(entry('before'));
    before.close();
    const journal = await openJournal({ path, max: 10, log });
    expect((await journal.list()).map(({ key, status }) => [key, status])).toEqual([
      ['living', 'running'],
      ['dead', 'unknown'],
      ['before', 'unknown'],
    ]);
    await journal.close();
    await (await openJournal({ path, max: 10, log })).close();
    expect(logged).toEqual(Array(2).fill(expect.stringMatching(/lights was running .*nobody knows.*not run again/)));
    other.kill();
  });
});

/** A process that lives until it is killed, or has ended already. */
async function writer(hasEnded = false): Promise<ChildProcess> {
  const child = fork('-', { execPath: process.execPath, execArgv: ['-e', 'setInterval(() => {}, 1000)'] });
  await once(child, 'spawn');
  if (hasEnded) {
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }
  return child;
}
