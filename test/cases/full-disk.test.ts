import { createWriteStream, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { asHeedError } from '../../src/errors.ts';
import { readCase, saveCase, type Case } from '../../src/cases/index.ts';

vi.mock(import('node:fs/promises'), async (original) => {
  const real = await original();
  return { ...real, writeFile: vi.fn<typeof real.writeFile>(real.writeFile) };
});

/** What the file system throws when it has no room. */
const full = (): Error => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'heed-full-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const wav = new Uint8Array([1, 2, 3]);
const lamp: Case = { heard: 'lamp', language: 'en', expected: null };

test.each([0, 1])('a case that finds the disk full after %i files leaves nothing behind', async (written) => {
  const mock = vi.mocked(writeFile);
  const { writeFile: real } = await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises');
  for (let count = 0; count < written; count++) mock.mockImplementationOnce(real);
  mock.mockRejectedValueOnce(full());
  await expect(saveCase(wav, lamp, { dir, maxCases: 10 })).rejects.toThrow('ENOSPC');
  expect(readdirSync(dir)).toEqual([]);
});

test('a case that cannot be replaced stays as it was', async () => {
  const name = await saveCase(wav, lamp, { dir, maxCases: 10 });
  const { writeFile: real } = await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises');
  vi.mocked(writeFile).mockImplementationOnce(real).mockRejectedValueOnce(full());
  const changed = saveCase(wav, { ...lamp, expected: { command: 'lamp', args: {} } }, { dir, maxCases: 10 });
  await expect(changed).rejects.toThrow('ENOSPC');
  expect(readdirSync(dir).sort()).toEqual([`${name}.json`, `${name}.wav`]);
  expect((await readCase(dir, name)).expected).toBeNull();
});

test.runIf(process.platform === 'linux')('what the file system says of a full disk has a code of its own', async () => {
  const stream = createWriteStream('/dev/full');
  stream.write('x');
  const [error] = (await once(stream, 'error')) as [Error];
  expect(asHeedError(error)).toMatchObject({ code: 'no-space', cause: error });
});

test('too many watched files are no full disk, although the system says so', () => {
  const error = Object.assign(new Error('ENOSPC: System limit for number of file watchers reached, watch'), {
    code: 'ENOSPC',
    syscall: 'watch',
  });
  expect(asHeedError(error).code).toBe('internal');
});
