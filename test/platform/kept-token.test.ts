import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { dropToken, keptToken } from '../../src/platform/kept-token.ts';

const log = vi.fn<(line: string) => void>();
let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heed-token-'));
  file = join(folder, '.heed', 'token');
  log.mockClear();
});

afterEach(() => rmSync(folder, { recursive: true }));

test('the token of the first start is the one of the next, and only its owner can read it', () => {
  const token = keptToken(file, log);
  expect(token).toMatch(/^[\w-]{32}$/);
  expect(keptToken(file, log)).toBe(token);
  expect(readFileSync(file, 'utf8')).toBe(`${token}\n`);
  expect([statSync(file).mode & 0o777, statSync(join(folder, '.heed')).mode & 0o777]).toEqual([0o600, 0o700]);
  expect(readdirSync(join(folder, '.heed'))).toEqual(['token']);
  expect(log).not.toHaveBeenCalled();
});

test('a token that was dropped is followed by another one', () => {
  const token = keptToken(file, log);
  dropToken(file);
  dropToken(file);
  expect(keptToken(file, log)).not.toBe(token);
});

test('without a file each start has a token of its own', () => {
  expect(keptToken('', log)).not.toBe(keptToken('', log));
});

describe('a kept token is not used, and the log says why,', () => {
  const secret = 'x'.repeat(32);

  test.each<[string, string, () => void]>([
    ['others can read it', 'Others may read', () => chmodSync(file, 0o644)],
    ['others can change its folder', 'Others may change', () => chmodSync(join(folder, '.heed'), 0o777)],
    [
      'it is a link',
      'is a link',
      () => {
        writeFileSync(join(folder, 'other'), secret, { mode: 0o600 });
        rmSync(file);
        symlinkSync(join(folder, 'other'), file);
      },
    ],
    [
      'its folder is a link',
      'is a link',
      () => {
        mkdirSync(join(folder, 'elsewhere'), { mode: 0o700 });
        writeFileSync(join(folder, 'elsewhere', 'token'), secret, { mode: 0o600 });
        rmSync(join(folder, '.heed'), { recursive: true });
        symlinkSync(join(folder, 'elsewhere'), join(folder, '.heed'));
      },
    ],
    ['it is no token', 'holds no token', () => writeFileSync(file, 'hello')],
    [
      'it is a folder',
      'is no file',
      () => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
    [
      'its folder is a file',
      'is not used',
      () => {
        rmSync(join(folder, '.heed'), { recursive: true });
        writeFileSync(join(folder, '.heed'), '');
      },
    ],
  ])('when %s', (_, words, spoil) => {
    const kept = keptToken(file, log);
    spoil();
    const token = keptToken(file, log);
    expect(token).toMatch(/^[\w-]{32}$/);
    expect([kept, secret]).not.toContain(token);
    expect(log.mock.calls).toEqual([[expect.stringContaining(words)]]);
  });
});
