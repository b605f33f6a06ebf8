import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listCases, readCase, saveCase, type Case } from '../../src/cases/index.ts';

let dir = '';
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'heed-cases-')), 'cases');
});
afterEach(() => rmSync(join(dir, '..'), { recursive: true }));

const wav = new Uint8Array([1, 2, 3]);
const lamp: Case = { heard: 'Turn on the lamp!', language: 'en', expected: { command: 'lamp', args: { on: true } } };

describe('saveCase', () => {
  test('writes audio and expectation side by side, and reads them back', async () => {
    const name = await saveCase(wav, lamp, { dir, maxCases: 10 });
    expect(name).toMatch(/^turn-on-the-lamp-[0-9a-f]{8}$/);
    expect(await listCases(dir)).toEqual([name]);
    expect(await readCase(dir, name)).toEqual({ ...lamp, name, audioPath: join(dir, `${name}.wav`) });
    expect([...readFileSync(join(dir, `${name}.wav`))]).toEqual([1, 2, 3]);
    expect(readdirSync(dir)).toHaveLength(2);
  });

  test('replaces the case of the same audio, and refuses a case beyond the limit', async () => {
    const name = await saveCase(wav, lamp, { dir, maxCases: 1 });
    expect(await saveCase(wav, { ...lamp, expected: null }, { dir, maxCases: 1 })).toBe(name);
    expect((await readCase(dir, name)).expected).toBeNull();
    await expect(saveCase(new Uint8Array([4]), lamp, { dir, maxCases: 1 })).rejects.toMatchObject({ code: 'too-many' });
  });

  test.each([
    ['../../etc/passwd', /^etc-passwd-[0-9a-f]{8}$/],
    ['  ', /^noise-[0-9a-f]{8}$/],
    ['Schließ die Türen, bitte', /^schließ-die-turen-bitte-[0-9a-f]{8}$/],
    ['word '.repeat(100), /^(word-){11}word-[0-9a-f]{8}$/],
  ])('makes a file name of "%s"', async (heard, pattern) => {
    expect(await saveCase(wav, { ...lamp, heard }, { dir, maxCases: 10 })).toMatch(pattern);
  });
});

describe('readCase', () => {
  test.each([
    ['no JSON', '{', 'bad-message'],
    ['no expectation', '{"language": "en"}', 'bad-message'],
    ['an unknown field', '{"expected": null, "expcted": 1}', 'bad-message'],
    ['an empty list', '{"expected": []}', 'bad-message'],
  ])('refuses %s', async (_, text, code) => {
    mkdirSync(dir);
    writeFileSync(join(dir, 'a.json'), text);
    await expect(readCase(dir, 'a')).rejects.toMatchObject({ code });
  });

  test('needs only the expectation in a file written by hand', async () => {
    mkdirSync(dir);
    writeFileSync(join(dir, 'a.json'), '{"expected": {"command": "help"}}');
    expect(await readCase(dir, 'a')).toMatchObject({ language: 'en', expected: { command: 'help', args: {} } });
  });

  test('may have a byte-order mark', async () => {
    mkdirSync(dir);
    writeFileSync(join(dir, 'a.json'), '\uFEFF{"expected": {"command": "help"}}');
    expect(await readCase(dir, 'a')).toMatchObject({ expected: { command: 'help' } });
  });

  test('says which case does not exist', async () => {
    await expect(readCase(dir, 'a')).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('a.json'),
    });
    expect(await listCases(dir)).toEqual([]);
  });
});
