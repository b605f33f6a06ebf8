import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultConfig, modelsFolder } from '../../src/config/index.ts';
import { withLock } from '../../src/models/lock.ts';
import { clearAbandoned, keepLarger, withWorkspace } from '../../src/models/workspace.ts';
import { temporaryFolder } from './fixtures.ts';

const host = hostname().replace(/[^A-Za-z0-9]+/g, '_');
const longAgo = new Date(1_700_000_000_000);

describe('the models folder', () => {
  test.each([
    ['linux', {}, join(homedir(), '.cache', 'heed', 'models')],
    ['linux', { XDG_CACHE_HOME: '' }, join(homedir(), '.cache', 'heed', 'models')],
    ['linux', { XDG_CACHE_HOME: '/var/cache/me' }, '/var/cache/me/heed/models'],
    ['darwin', { XDG_CACHE_HOME: '/x' }, join(homedir(), 'Library', 'Caches', 'heed', 'models')],
    ['win32', { LOCALAPPDATA: '/Users/me/AppData/Local' }, '/Users/me/AppData/Local/heed/models'],
  ])('is on %s with %j the cache folder of the user', (platform, env, folder) => {
    expect(modelsFolder(defaultConfig.models, env, platform)).toBe(folder);
  });

  test('is the one that the options name', () => {
    expect(modelsFolder({ ...defaultConfig.models, dir: '/srv/models' }, {}, 'linux')).toBe('/srv/models');
  });
});

describe('withWorkspace', () => {
  test('is gone after success and after failure', async () => {
    const folder = temporaryFolder();
    await withWorkspace(folder, async (workspace) => writeFileSync(join(workspace, 'a'), 'a'));
    await expect(
      withWorkspace(folder, async () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('says what to do when the disk runs full, and leaves nothing on it', async () => {
    const folder = temporaryFolder();
    const work = withWorkspace(folder, async (workspace) => {
      writeFileSync(join(workspace, 'half'), 'half');
      throw Object.assign(new Error('write'), { code: 'ENOSPC' });
    });
    await expect(work).rejects.toMatchObject({ code: 'fetch-failed', message: expect.stringMatching(/disk is full/) });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('clearAbandoned', () => {
  test('removes what dead processes left, keeps their larger downloads, and touches nothing else', async () => {
    const folder = temporaryFolder();
    const put = (name: string, ...files: [string, string][]): void => {
      mkdirSync(join(folder, name));
      for (const [file, content] of files) writeFileSync(join(folder, name, file), content);
    };
    put(`.work-${host}-99999999-aa`, ['ggml-a.bin.part', 'longer'], ['ggml-b.bin.part', 'b'], ['wheel', 'x']);
    put(`.work-${host}-${process.pid}-bb`, ['ggml-a.bin.part', 'alive and longest']);
    put('.work-elsewhere-99999999-cc', ['ggml-a.bin.part', 'of another machine']);
    put('mine', ['a', 'a']);
    writeFileSync(join(folder, 'ggml-a.bin.part'), 'short');
    writeFileSync(join(folder, 'ggml-b.bin.part'), 'more');
    await clearAbandoned(folder);
    expect(readdirSync(folder).sort()).toEqual(
      [
        '.work-elsewhere-99999999-cc',
        `.work-${host}-${process.pid}-bb`,
        'ggml-a.bin.part',
        'ggml-b.bin.part',
        'mine',
      ].sort(),
    );
    expect(readFileSync(join(folder, 'ggml-a.bin.part'), 'utf8')).toBe('longer');
    expect(readFileSync(join(folder, 'ggml-b.bin.part'), 'utf8')).toBe('more');
    utimesSync(join(folder, '.work-elsewhere-99999999-cc'), longAgo, longAgo);
    await clearAbandoned(folder);
    expect(readdirSync(folder)).not.toContain('.work-elsewhere-99999999-cc');
  });
});

test('keepLarger moves a file only over a smaller one', async () => {
  const folder = temporaryFolder();
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  writeFileSync(from, 'long');
  writeFileSync(to, 'longer');
  await keepLarger(from, to);
  expect(readdirSync(folder).sort()).toEqual(['from', 'to']);
  writeFileSync(to, 's');
  await keepLarger(from, to);
  expect(readFileSync(to, 'utf8')).toBe('long');
  await expect(keepLarger(from, to)).resolves.toBeUndefined();
});

describe('withLock', () => {
  const lockBy = (pid: number, hostName: string): string => JSON.stringify({ pid, host: hostName });

  test('lets one at a time in, and all in the end', async () => {
    const lock = join(temporaryFolder(), 'x.lock');
    let [inside, most] = [0, 0];
    const results = await Promise.all(
      [1, 2, 3].map((number) =>
        withLock(lock, async () => {
          most = Math.max(most, ++inside);
          await new Promise((resolve) => {
            setImmediate(resolve);
          });
          inside--;
          return number;
        }),
      ),
    );
    expect(results).toEqual([1, 2, 3]);
    expect(most).toBe(1);
  });

  test.each([
    ['of a process that is gone', lockBy(99_999_999, hostname()), false],
    ['that gave no sign for long', lockBy(process.pid, hostname()), true],
    ['of another machine that gave no sign for long', lockBy(1, 'elsewhere'), true],
    ['that was never written to its end, long ago', '{"pid":', true],
  ])('takes over a lock %s', async (_, content, isOld) => {
    const lock = join(temporaryFolder(), 'x.lock');
    writeFileSync(lock, content);
    if (isOld) utimesSync(lock, longAgo, longAgo);
    await expect(withLock(lock, async () => 'done')).resolves.toBe('done');
    expect(readdirSync(join(lock, '..'))).toEqual([]);
  });

  test('is released when the work fails', async () => {
    const lock = join(temporaryFolder(), 'x.lock');
    await expect(
      withLock(lock, async () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(readdirSync(join(lock, '..'))).toEqual([]);
  });
});
