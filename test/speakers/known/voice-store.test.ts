import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { checkVoiceName, type KnownVoice } from '../../../src/speakers/known/known-voice.ts';
import { VoiceStore } from '../../../src/speakers/known/voice-store.ts';

let folder: string;
let told: string[];
let store: VoiceStore;
let timeMs: number;

beforeEach(() => {
  timeMs = 0;
  folder = join(mkdtempSync(join(tmpdir(), 'heed-voices-')), 'voices');
  told = [];
  store = storeOf();
});

function storeOf(): VoiceStore {
  return new VoiceStore(
    folder,
    (line) => told.push(line),
    () => timeMs,
  );
}

/** So much later, the folder is looked at again. */
function later(): void {
  timeMs += 1_000;
}

function voice(name: string, value = 1): KnownVoice {
  return {
    name,
    model: { name: 'model', sha256: 'a'.repeat(64) },
    pieces: [{ vector: Float32Array.of(value, 0.1), seconds: 3 }],
    enrolledAt: '2026-11-30T00:00:00.000Z',
  };
}

function onlyFile(): string {
  return join(folder, readdirSync(folder)[0]!);
}

test('a voice is kept as it was, in a file that only its owner can read', () => {
  store.put(voice('Änna'));
  expect(new VoiceStore(folder, () => undefined).list()).toEqual([voice('Änna')]);
  if (process.platform !== 'win32') expect(statSync(onlyFile()).mode & 0o777).toBe(0o600);
});

test('another process sees within a second what was added, changed and removed, and this one at once', () => {
  const other = storeOf();
  expect(other.list()).toEqual([]);
  store.put(voice('anna'));
  expect([store.list(), other.list()]).toEqual([[voice('anna')], []]);
  later();
  expect(other.list()).toEqual([voice('anna')]);
  store.put(voice('ANNA', 2));
  later();
  expect(other.list()).toEqual([voice('ANNA', 2)]);
  expect(store.remove('Anna')).toBe(true);
  expect(store.list()).toEqual([]);
  timeMs += 999;
  expect(other.list()).toEqual([voice('ANNA', 2)]);
  timeMs += 1;
  expect(other.list()).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
  expect(store.remove('anna')).toBe(false);
});

test.each([
  ['that is no JSON', () => 'x'],
  ['without consent', (text: string) => text.replace('"consent":', '"other":').replace('true', 'false')],
  ['of another name', (text: string) => text.replace('"anna"', '"ben"')],
  ['with numbers that are none', (text: string) => text.replace(/"vector": "[^"]+"/, '"vector": "AADAfw=="')],
  ['that is too long', (text: string) => text + ' '.repeat(300_000)],
])('a file %s is told once and skipped, and can be removed', (_, change) => {
  store.put(voice('anna'));
  store.put(voice('carl'));
  const path = readdirSync(folder)
    .map((name) => join(folder, name))
    .find((file) => readFileSync(file, 'utf8').includes('anna'))!;
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  for (let i = 0; i < 2; i++) {
    later();
    expect(store.list().map(({ name }) => name)).toEqual(['carl']);
  }
  expect(told).toEqual([expect.stringContaining(path)]);
  expect(store.remove('anna')).toBe(true);
});

test.skipIf(process.platform === 'win32')('what others could have written is not believed', () => {
  store.put(voice('anna'));
  chmodSync(onlyFile(), 0o644);
  later();
  expect(store.list()).toEqual([]);
  chmodSync(onlyFile(), 0o600);
  later();
  expect(store.list()).toHaveLength(1);
  chmodSync(folder, 0o777);
  later();
  expect(store.list()).toEqual([]);
  expect(() => store.put(voice('ben'))).toThrow('Others may change');
});

test.skipIf(process.platform === 'win32')('links are not followed', () => {
  store.put(voice('anna'));
  const elsewhere = join(folder, '..', 'elsewhere.json');
  writeFileSync(elsewhere, readFileSync(onlyFile()), { mode: 0o600 });
  const link = onlyFile();
  store.remove('anna');
  symlinkSync(elsewhere, link);
  expect(store.list()).toEqual([]);
});

test('a voice that is renamed keeps what it sounds like, and nothing is left of its old name', () => {
  store.put(voice('anna', 2));
  expect(store.rename('ANNA', 'Änna B.')).toBe(true);
  expect(store.list()).toEqual([voice('Änna B.', 2)]);
  expect(readdirSync(folder)).toHaveLength(1);
  expect(readFileSync(onlyFile(), 'utf8')).not.toContain('anna');
  expect(store.rename('anna', 'ben')).toBe(false);
});

test('only the capitals of a name can be changed, and nobody gets a name that somebody else has', () => {
  store.put(voice('anna'));
  store.put(voice('ben', 2));
  expect(store.rename('anna', 'Anna')).toBe(true);
  expect(() => store.rename('ben', 'ANNA')).toThrow('known already');
  expect(store.list()).toEqual([voice('Anna'), voice('ben', 2)]);
});

test('a full folder can still be renamed in', () => {
  for (let i = 0; i < 50; i++) store.put(voice(`v${i}`));
  expect(store.rename('v7', 'seven')).toBe(true);
  expect(store.list()).toHaveLength(50);
});

test('at most 50 voices are kept', () => {
  for (let i = 0; i < 50; i++) store.put(voice(`v${i}`));
  expect(() => store.put(voice('one more'))).toThrow('which is the most');
  store.put(voice('V7', 3));
  expect(store.list()).toHaveLength(50);
});

test.each(['anna', 'Änna Ö.', "O'Neil", '张伟', 'Jean-Luc 2'])('%s is a name', (name) => {
  expect(checkVoiceName(` ${name} `)).toBe(name);
});

test.each(['', '../x', 'a/b', 'a\\b', '.hidden', 'a\u0000b', 'x'.repeat(41), 'speaker3', 'a\nb', '-', 'con:'])(
  '%j is no name',
  (name) => {
    expect(() => checkVoiceName(name)).toThrow();
  },
);
