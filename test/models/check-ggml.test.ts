import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { HeedError } from '../../src/errors.ts';
import { checkGgmlFile } from '../../src/models/check-ggml.ts';
import { openCtranslate2 } from '../../src/models/ctranslate2.ts';
import { writeGgml } from '../../src/models/write-ggml.ts';
import { readGgml, temporaryFolder, tinySizes, writeCtranslate2 } from './fixtures.ts';

let whole: Buffer;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'heed-ggml-'));
  await writeGgml(await openCtranslate2(writeCtranslate2(join(folder, 'ct2'))), join(folder, 'model.bin'));
  whole = readFileSync(join(folder, 'model.bin'));
  rmSync(folder, { recursive: true });
});

function fileOf(bytes: Uint8Array): string {
  const path = join(temporaryFolder(), 'model.bin');
  writeFileSync(path, bytes);
  return path;
}

function changed(change: (bytes: Buffer) => void): string {
  const bytes = Buffer.from(whole);
  change(bytes);
  return fileOf(bytes);
}

const tensorAt = (name: string): number => whole.indexOf(Buffer.from(name));

describe('checkGgmlFile', () => {
  test('accepts a whole file and says what it is', async () => {
    await expect(checkGgmlFile(fileOf(whole))).resolves.toEqual({ hyperparameters: tinySizes, multilingual: false });
  });

  test('refuses a file that ends anywhere before its end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
        await expect(checkGgmlFile(fileOf(whole.subarray(0, length)))).rejects.toMatchObject({ code: 'bad-model' });
      }),
      { numRuns: 30 },
    );
  });

  test('refuses bytes after the end', async () => {
    await expect(checkGgmlFile(fileOf(Buffer.concat([whole, Buffer.alloc(100)])))).rejects.toMatchObject({
      code: 'bad-model',
    });
  });

  test('reports any damage to the header as an error of its own, or accepts it', async () => {
    const spots = fc.array(fc.tuple(fc.nat(4 * 12 + 8), fc.nat(255)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(spots, async (changes) => {
        const path = changed((bytes) => {
          for (const [at, value] of changes) bytes[at] = value;
        });
        await checkGgmlFile(path).catch((error: unknown) => expect(error).toBeInstanceOf(HeedError));
      }),
      { numRuns: 40 },
    );
  });

  const at = (field: number): number => 4 * field;
  test.each<[string, (bytes: Buffer) => void, RegExp]>([
    [
      'of another kind',
      (bytes) => {
        bytes.write('GGUF', 0);
      },
      /not a ggml file/,
    ],
    [
      'with 32 bit numbers',
      (bytes) => {
        bytes.writeInt32LE(0, at(11));
      },
      /32 bits wide/,
    ],
    [
      'of an unknown file type',
      (bytes) => {
        bytes.writeInt32LE(99, at(11));
      },
      /file type 99/,
    ],
    [
      'of a negative file type',
      (bytes) => {
        bytes.writeInt32LE(-999, at(11));
      },
      /file type -999/,
    ],
    [
      'that claims to be quantised',
      (bytes) => {
        bytes.writeInt32LE(7, at(11));
      },
      /number type 1 where 8 was expected/,
    ],
    [
      'with a vocabulary of more languages than exist',
      (bytes) => {
        bytes.writeInt32LE(51_900, at(1));
      },
      /vocabulary/,
    ],
    [
      'with more layers than tensors',
      (bytes) => {
        bytes.writeInt32LE(3, at(9));
      },
      /missing, the first is decoder\.blocks\.2/,
    ],
    [
      'with fewer layers than tensors',
      (bytes) => {
        bytes.writeInt32LE(1, at(9));
      },
      /a tensor "decoder\.blocks\.1/,
    ],
    [
      'with a huge width',
      (bytes) => {
        bytes.writeInt32LE(2_000_000_000, at(3));
      },
      /differ in width/,
    ],
    [
      'with other mel filters',
      (bytes) => {
        bytes.writeInt32LE(400, at(13));
      },
      /mel filters of 80×201 were expected, but 80×400 came/,
    ],
    [
      'with a token of 4 GB',
      (bytes) => {
        bytes.writeInt32LE(-1, at(14) + 80 * 201 * 4 + 4);
      },
      /token 0 claims 4294967295 bytes/,
    ],
    [
      'with too many tokens',
      (bytes) => {
        bytes.writeInt32LE(1_000_000, at(14) + 80 * 201 * 4);
      },
      /tokens were expected/,
    ],
    [
      'with a tensor of another name',
      (bytes) => {
        bytes.write('dncoder', tensorAt('decoder.ln.weight'));
      },
      /"dncoder\.ln\.weight"/,
    ],
    [
      'with a tensor twice',
      (bytes) => {
        bytes.write('weight', tensorAt('encoder.ln_post.bias') + 16);
        bytes.writeInt32LE(20, tensorAt('encoder.ln_post.bias') - 12);
      },
      /cut|tensor/,
    ],
    [
      'with a tensor of another shape',
      (bytes) => {
        bytes.writeInt32LE(32, tensorAt('decoder.ln.weight') - 4);
      },
      /decoder\.ln\.weight is 32 where 64/,
    ],
    [
      'with a tensor of other numbers',
      (bytes) => {
        bytes.writeInt32LE(1, tensorAt('decoder.ln.weight') - 8);
      },
      /decoder\.ln\.weight has the number type 1/,
    ],
    [
      'with a name of a gigabyte',
      (bytes) => {
        bytes.writeInt32LE(1 << 30, tensorAt('decoder.ln.weight') - 12);
      },
      /should begin a tensor/,
    ],
  ])('refuses a file %s', async (_, change, message) => {
    await expect(checkGgmlFile(changed(change))).rejects.toMatchObject({
      code: 'bad-model',
      message: expect.stringMatching(message),
    });
  });

  test('accepts quantised matrices of the right size', async () => {
    const { tensors } = readGgml(fileOf(whole));
    const start = tensorAt('decoder.positional_embedding') - 20;
    const header = Buffer.from(whole.subarray(0, start));
    header.writeInt32LE(2007, at(11)); // quantisation version 2, q8_0
    const parts = [...tensors].map(([name, { type, sizes, data }]) => {
      const isMatrix = type === 1 && sizes.length === 2;
      const head = Buffer.from(Int32Array.of(sizes.length, name.length, isMatrix ? 8 : type, ...sizes).buffer);
      return Buffer.concat([head, Buffer.from(name), isMatrix ? Buffer.alloc((data.length / 64) * 34) : data]);
    });
    await expect(checkGgmlFile(fileOf(Buffer.concat([header, ...parts])))).resolves.toMatchObject({
      multilingual: false,
    });
    parts[2] = parts[2]!.subarray(0, -1);
    await expect(checkGgmlFile(fileOf(Buffer.concat([header, ...parts])))).rejects.toMatchObject({ code: 'bad-model' });
  });

  test('tells a folder and a missing file apart', async () => {
    const folder = temporaryFolder();
    await expect(checkGgmlFile(folder)).rejects.toMatchObject({
      code: 'bad-model',
      message: expect.stringMatching(/heed models import/),
    });
    await expect(checkGgmlFile(join(folder, 'none.bin'))).rejects.toMatchObject({ code: 'not-found' });
  });
});
