import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkGgmlFile } from '../../src/models/check-ggml.ts';
import { openCtranslate2 } from '../../src/models/ctranslate2.ts';
import { melFilters } from '../../src/models/mel-filters.ts';
import { openSafetensors } from '../../src/models/safetensors.ts';
import { elementsOf, tensorLayout } from '../../src/models/tensor-layout.ts';
import { writeGgml } from '../../src/models/write-ggml.ts';
import {
  floatsOf,
  readGgml,
  temporaryFolder,
  tensorsOf,
  tinySizes,
  vocabulary,
  writeCtranslate2,
  writeSafetensors,
} from './fixtures.ts';

const turboSizes = { ...tinySizes, vocabularySize: 51_866, melBins: 128 };

async function convertCtranslate2(folder: string): Promise<string> {
  const path = join(temporaryFolder(), 'model.bin');
  await writeGgml(await openCtranslate2(folder), path);
  return path;
}

async function convertSafetensors(folder: string): Promise<string> {
  const path = join(temporaryFolder(), 'model.bin');
  await writeGgml(await openSafetensors(folder), path);
  return path;
}

function expectSameTensors(path: string, sizes = tinySizes): void {
  const { tensors } = readGgml(path);
  const source = tensorsOf(sizes);
  expect([...tensors.keys()]).toEqual(tensorLayout(sizes).map(({ name }) => name));
  for (const { name, shape, kind } of tensorLayout(sizes)) {
    const { type, sizes: stored, data } = tensors.get(name)!;
    const expected =
      kind === 'f32' ? Buffer.from(floatsOf(source.get(name)!).buffer) : Buffer.from(source.get(name)!.buffer);
    expect({ name, type, sizes: stored, isEqual: data.equals(expected) }).toEqual({
      name,
      type: kind === 'f32' ? 0 : 1,
      sizes: shape.toReversed(),
      isEqual: true,
    });
  }
}

describe('conversion of a CTranslate2 folder', () => {
  test('keeps every tensor, the vocabulary and the sizes', async () => {
    const path = await convertCtranslate2(writeCtranslate2(temporaryFolder()));
    expectSameTensors(path);
    const { header, filters, tokens } = readGgml(path);
    expect(header).toEqual([0x6767_6d6c, 51_864, 1500, 64, 1, 1, 448, 64, 1, 2, 80, 1]);
    expect(filters).toEqual(melFilters(80));
    expect(Buffer.concat(tokens).equals(Buffer.concat(vocabulary().bytes))).toBe(true);
    await expect(checkGgmlFile(path)).resolves.toEqual({ hyperparameters: tinySizes, multilingual: false });
  });

  test.each([
    ['of another version', { version: 5 }, /version 6 was expected, but version 5 came/],
    ['of another kind', { kind: 'TransformerSpec' }, /a Whisper model was expected, but "TransformerSpec" came/],
    ['that is quantised', { type: 1 }, /is quantised/],
  ])('refuses a model %s', async (_, options, message) => {
    await expect(openCtranslate2(writeCtranslate2(temporaryFolder(), tinySizes, options))).rejects.toMatchObject({
      code: 'bad-model',
      message: expect.stringMatching(message),
    });
  });

  test.each([3, 40, 1000, 100_000, 6_000_000])('refuses a model.bin cut at byte %d', async (length) => {
    const folder = writeCtranslate2(temporaryFolder());
    truncateSync(join(folder, 'model.bin'), length);
    await expect(convertCtranslate2(folder)).rejects.toMatchObject({ code: 'bad-model' });
  });
});

describe('conversion of a safetensors folder', () => {
  test.each([
    ['16 bit numbers', { dtype: 'F16' as const }],
    ['32 bit numbers', { dtype: 'F32' as const }],
    ['three files', { dtype: 'F32' as const, shards: 3 }],
  ])('gives from %s the same bytes as from CTranslate2', async (_, options) => {
    const path = await convertSafetensors(writeSafetensors(temporaryFolder(), options));
    const other = await convertCtranslate2(writeCtranslate2(temporaryFolder()));
    expect(readFileSync(path).equals(readFileSync(other))).toBe(true);
  });

  test('reads bf16, which keeps the first eight bits of a number', async () => {
    const { tensors } = readGgml(await convertSafetensors(writeSafetensors(temporaryFolder(), { dtype: 'BF16' })));
    const bias = tensors.get('encoder.ln_post.bias')!.data;
    const exact = floatsOf(tensorsOf(tinySizes).get('encoder.ln_post.bias')!);
    const cut = Uint32Array.from(new Uint32Array(exact.buffer), (word) => word & 0xffff_0000);
    expect(Buffer.from(cut.buffer).equals(bias)).toBe(true);
  });

  test('keeps 128 mel bins and the vocabulary of 100 languages', async () => {
    const path = await convertSafetensors(writeSafetensors(temporaryFolder(), { sizes: turboSizes }));
    expectSameTensors(path, turboSizes);
    await expect(checkGgmlFile(path)).resolves.toEqual({ hyperparameters: turboSizes, multilingual: true });
  });

  test('refuses a number that 16 bits cannot hold', async () => {
    const folder = writeSafetensors(temporaryFolder(), { dtype: 'F32' });
    const file = join(folder, 'model.safetensors');
    const bytes = readFileSync(file);
    const headerBytes = Number(bytes.readBigUInt64LE());
    const header = JSON.parse(bytes.subarray(8, 8 + headerBytes).toString()) as Record<
      string,
      { data_offsets: [number, number] }
    >;
    bytes.writeFloatLE(1e6, 8 + headerBytes + header['model.encoder.conv1.weight']!.data_offsets[0]);
    writeFileSync(file, bytes);
    await expect(convertSafetensors(folder)).rejects.toMatchObject({
      code: 'bad-model',
      message: expect.stringMatching(/encoder\.conv1\.weight .*too large for 16 bits/),
    });
  });

  test.each([
    ['a width that is none', { d_model: 100 }, /multiple of 64/],
    ['another vocabulary', { vocab_size: 32_000 }, /51864, 51865 or 51866/],
    ['another architecture', { model_type: 'wav2vec2' }, /model_type/],
    ['more layers than weights', { encoder_layers: 4 }, /lack model\.encoder\.layers\.1\./],
  ])('refuses %s', async (_, config, message) => {
    await expect(openSafetensors(writeSafetensors(temporaryFolder(), { config }))).rejects.toMatchObject({
      code: 'bad-model',
      message: expect.stringMatching(message),
    });
  });

  test.each([4, 500, 200_000, 7_000_000])('refuses weights cut at byte %d', async (length) => {
    const folder = writeSafetensors(temporaryFolder());
    truncateSync(join(folder, 'model.safetensors'), length);
    await expect(openSafetensors(folder)).rejects.toMatchObject({ code: 'bad-model' });
  });

  test('refuses a folder with a file of the weights missing', async () => {
    const folder = writeSafetensors(temporaryFolder(), { shards: 2 });
    rmSync(join(folder, 'model-2-of-2.safetensors'));
    await expect(openSafetensors(folder)).rejects.toMatchObject({
      code: 'bad-model',
      message: expect.stringMatching(/model-2-of-2\.safetensors/),
    });
  });

  test('reads no file outside the folder', async () => {
    const folder = writeSafetensors(temporaryFolder(), { shards: 2 });
    writeFileSync(
      join(folder, 'model.safetensors.index.json'),
      JSON.stringify({ weight_map: { 'model.encoder.conv1.weight': '../secret.safetensors' } }),
    );
    await expect(openSafetensors(folder)).rejects.toMatchObject({
      code: 'bad-model',
      message: expect.stringMatching(/outside the folder/),
    });
  });
});

describe('writeGgml', () => {
  test('returns the checksum of what it wrote, and reports its progress up to the end', async () => {
    const path = join(temporaryFolder(), 'model.bin');
    const seen: number[] = [];
    let total = 0;
    const sha256 = await writeGgml(await openCtranslate2(writeCtranslate2(temporaryFolder())), path, {
      onProgress: ({ doneBytes, totalBytes }) => {
        seen.push(doneBytes);
        total = totalBytes!;
      },
    });
    expect(sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(total);
    expect(total).toBe(
      tensorLayout(tinySizes).reduce((sum, { shape, kind }) => sum + elementsOf(shape) * (kind === 'f32' ? 4 : 2), 0),
    );
  });

  test('stops when it is cancelled', async () => {
    const abort = new AbortController();
    const path = join(temporaryFolder(), 'model.bin');
    const work = writeGgml(await openCtranslate2(writeCtranslate2(temporaryFolder())), path, {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(work).rejects.toMatchObject({ code: 'aborted' });
    expect(statSync(path).size).toBeLessThan(1_000_000);
  });

  test('never writes over a file', async () => {
    const path = join(temporaryFolder(), 'model.bin');
    writeFileSync(path, 'precious');
    await expect(
      openCtranslate2(writeCtranslate2(temporaryFolder())).then((source) => writeGgml(source, path)),
    ).rejects.toThrow(/EEXIST/);
    expect(existsSync(path) && readFileSync(path, 'utf8')).toBe('precious');
  });
});
