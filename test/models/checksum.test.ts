import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashFile } from '../../src/models/checksum.ts';
import { temporaryFolder } from './fixtures.ts';

/** Writes a file of so many bytes, and returns its path and checksum. */
function written(bytes: number): { path: string; sha256: string } {
  const content = Buffer.alloc(bytes, 'some bytes');
  const path = join(temporaryFolder(), 'file');
  writeFileSync(path, content);
  return { path, sha256: createHash('sha256').update(content).digest('hex') };
}

test.each([
  ['a small file', 1_000],
  ['a large one, in a thread', 40_000_000],
])('hashes %s, and says how far it is', async (_, bytes) => {
  const { path, sha256 } = written(bytes);
  const done: number[] = [];
  expect(await hashFile(path, { onProgress: ({ doneBytes }) => done.push(doneBytes) })).toBe(sha256);
  expect(done.length).toBeGreaterThan(0);
});

test.each([1_000, 40_000_000])('stops when it is cancelled (%i bytes)', async (bytes) => {
  const { path } = written(bytes);
  await expect(hashFile(path, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
});

test.each([1_000, 40_000_000])('passes on what goes wrong while it reads (%i bytes)', async (bytes) => {
  await expect(hashFile(join(written(bytes).path, 'none'))).rejects.toThrow(/ENOENT|ENOTDIR/);
});
