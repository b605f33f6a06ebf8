import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HeedError } from '../../src/errors.ts';
import { checkGgmlFile } from '../../src/models/check-ggml.ts';
import { openCtranslate2 } from '../../src/models/ctranslate2.ts';
import { ensureSentenceModel, importModel } from '../../src/models/index.ts';
import { openSafetensors } from '../../src/models/safetensors.ts';
import { writeGgml } from '../../src/models/write-ggml.ts';
import { temporaryFolder, writeCtranslate2, writeSafetensors } from './fixtures.ts';
import { modelsConfig } from './hub.ts';

let folder: string;
const ggml = (): string => join(folder, 'model.bin');
const ct2 = (): string => join(folder, 'ct2');
const safetensors = (): string => join(folder, 'safetensors');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heed-damaged-'));
  writeCtranslate2(ct2());
  writeSafetensors(safetensors(), { shards: 2 });
  await writeGgml(await openCtranslate2(ct2()), ggml());
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A change of a file: at one of its places that say what follows, counted modulo their number. */
interface Damage {
  place: number;
  shift: number;
  how: 'byte' | 'number' | 'cut' | 'drop' | 'insert';
  value: number;
}

const damages: fc.Arbitrary<Damage[]> = fc.array(
  fc.record({
    place: fc.nat(1_000_000),
    shift: fc.integer({ min: -24, max: 12 }),
    how: fc.constantFrom(
      'byte' as const,
      'byte' as const,
      'number' as const,
      'number' as const,
      'cut',
      'drop',
      'insert',
    ),
    value: fc.oneof(
      fc.constantFrom(0, 1, 2, 255, -1, 0x7fff_ffff, -0x8000_0000, 1 << 16, 1 << 24),
      fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

function damage(file: Buffer, places: readonly number[], list: readonly Damage[]): Buffer {
  let bytes = Buffer.from(file);
  for (const { place, shift, how, value } of list) {
    const at = Math.min(Math.max(0, places[place % places.length]! + shift), bytes.length - 4);
    if (how === 'byte') bytes[at] = value & 255;
    else if (how === 'number') bytes.writeInt32LE(value, at);
    else if (how === 'cut') bytes = bytes.subarray(0, at);
    else {
      const dropped = how === 'drop' ? value & 15 : 0;
      const inserted = how === 'insert' ? Buffer.alloc(value & 15, value) : Buffer.alloc(0);
      bytes = Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + dropped)]);
    }
    if (bytes.length < 8) return bytes;
  }
  return bytes;
}

/** Where the names of tensors stand, and the beginning of the file. */
function placesIn(file: Buffer): number[] {
  const names = [...file.toString('latin1').matchAll(/(?:en|de)coder[./][\w./]+/g)].map(({ index }) => index);
  return [...Array.from({ length: names.length / 2 }, (_, i) => i * 4), ...names];
}

/** Resolves if heed takes the model or refuses it with a reason; rejects otherwise. */
async function isTakenOrRefused(open: Promise<unknown>): Promise<void> {
  await open.catch((error: unknown) => {
    if (!(error instanceof HeedError) || error.code !== 'bad-model') throw error;
  });
}

describe('A damaged model is taken or refused with a reason', () => {
  test.each<[string, () => string, () => Promise<unknown>]>([
    ['ggml', ggml, () => checkGgmlFile(ggml())],
    ['CTranslate2', () => join(ct2(), 'model.bin'), () => openCtranslate2(ct2())],
    ['safetensors', () => join(safetensors(), 'model-1-of-2.safetensors'), () => openSafetensors(safetensors())],
  ])('%s', async (_, path, open) => {
    const file = readFileSync(path());
    const places = placesIn(file);
    expect(places.length).toBeGreaterThan(50);
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(damages, async (list) => {
        writeFileSync(path(), damage(file, places, list));
        await isTakenOrRefused(open().catch((error: unknown) => (refused++, Promise.reject(error as Error))));
      }),
      { numRuns: 150, seed: 15 },
    );
    expect(refused).toBeGreaterThan(75);
    writeFileSync(path(), file);
    await open();
  });

  test.each([
    ['config.json', 100],
    ['model.safetensors.index.json', 100],
    ['vocab.json', 20],
  ])('%s', async (name, numRuns) => {
    const path = join(safetensors(), name);
    const file = readFileSync(path);
    const json = JSON.parse(file.toString()) as Record<string, unknown>;
    const changed = fc
      .tuple(fc.nat(), fc.oneof(fc.jsonValue(), fc.constantFrom('..', '', '.', '/dev/zero', '\0', '__proto__', 1e300)))
      .map(([at, value]): string => {
        const keys = Object.keys(json);
        const inner = json['weight_map'] as Record<string, unknown> | undefined;
        if (!inner) return JSON.stringify({ ...json, [keys[at % keys.length]!]: value });
        return JSON.stringify({ ...json, weight_map: { ...inner, [Object.keys(inner)[at % 20]!]: value } });
      });
    const torn = fc.tuple(damages, fc.constant(0)).map(([list]) => damage(file, [file.length >> 1, 30, 90], list));
    await fc.assert(
      fc.asyncProperty(fc.oneof(changed, torn, fc.json()), async (content) => {
        writeFileSync(path, content);
        await isTakenOrRefused(openSafetensors(safetensors()));
      }),
      { numRuns, seed: 16 },
    );
    writeFileSync(path, file);
    await openSafetensors(safetensors());
  });
});

/** What has the name of a file and is none, or one that nobody needs. */
const odd: [string, (path: string) => void][] = [
  ['a pipe', (path) => execFileSync('mkfifo', [path])],
  ['a folder', (path) => void mkdirSync(path)],
  ['a device', (path) => symlinkSync('/dev/zero', path)],
  ['a link to itself', (path) => symlinkSync(path, path)],
  ['nothing', (path) => writeFileSync(path, '')],
  [
    'a file of 3 GB',
    (path) => {
      writeFileSync(path, '');
      truncateSync(path, 3e9);
    },
  ],
];

describe.each(odd)('Where %s stands', (what, make) => {
  const refusal = { code: what === 'a link to itself' ? expect.stringMatching(/bad-model|not-found/) : 'bad-model' };

  test('for a model of any kind, it is refused', async () => {
    const here = temporaryFolder();
    const path = join(here, 'own.bin');
    make(path);
    await expect(checkGgmlFile(path)).rejects.toMatchObject(refusal);
    const config = modelsConfig(join(here, 'models'), 'http://127.0.0.1:1');
    await expect(ensureSentenceModel(path, config)).rejects.toMatchObject(refusal);
    if (what !== 'a file of 3 GB') await expect(importModel(path, config)).rejects.toMatchObject(refusal);
  });

  test.each(['model.safetensors', 'config.json', 'preprocessor_config.json', 'vocab.json'])(
    'for the %s of a folder, the model is refused',
    async (name) => {
      const here = writeSafetensors(join(temporaryFolder(), 'model'));
      rmSync(join(here, name), { force: true });
      make(join(here, name));
      await expect(openSafetensors(here)).rejects.toMatchObject({ code: 'bad-model' });
    },
  );

  test('for the model.bin of a folder, the model is refused', async () => {
    const here = writeCtranslate2(join(temporaryFolder(), 'model'));
    rmSync(join(here, 'model.bin'));
    make(join(here, 'model.bin'));
    await expect(openCtranslate2(here)).rejects.toMatchObject(refusal);
  });
});

test.each([
  ['of a million tensors', Object.fromEntries(Array.from({ length: 300_000 }, (_, i) => [i.toString(36), 0]))],
  ['with a tensor of texts', { 'model.a': { dtype: 'F16' } }],
  ['with a huge shape', { a: { dtype: 'F16', shape: Array.from({ length: 400 }, () => 9e9), data_offsets: [0, 0] } }],
  ['that is no object', 'abc'],
])('a header %s is refused', async (_, header) => {
  const here = writeSafetensors(join(temporaryFolder(), 'model'));
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  writeFileSync(join(here, 'model.safetensors'), Buffer.concat([length, json, Buffer.alloc(64)]));
  await expect(openSafetensors(here)).rejects.toMatchObject({ code: 'bad-model' });
});
