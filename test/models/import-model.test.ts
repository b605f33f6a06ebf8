import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ensureModel, importModel, listModels, verifyModels } from '../../src/models/index.ts';
import { temporaryFolder, writeCtranslate2, writeSafetensors } from './fixtures.ts';
import { modelsConfig } from './hub.ts';

const here = (): { folder: string; models: string; config: ReturnType<typeof modelsConfig> } => {
  const folder = temporaryFolder();
  return { folder, models: join(folder, 'models'), config: modelsConfig(join(folder, 'models'), 'http://127.0.0.1:1') };
};

describe('importModel', () => {
  test('turns a CTranslate2 folder into a model that has its name', async () => {
    const { folder, models, config } = here();
    const { name, path, sha256 } = await importModel(writeCtranslate2(join(folder, 'my whisper')), config);
    expect(name).toBe('my-whisper');
    expect(path).toBe(join(models, 'ggml-my-whisper.bin'));
    expect(await ensureModel('my-whisper', config)).toBe(path);
    expect((await listModels(config)).at(-1)).toEqual({
      name,
      kind: 'speech',
      sizeBytes: readFileSync(path).length,
      languages: 'English',
      licence: 'yours',
      path,
      isPresent: true,
    });
    expect(await verifyModels([name], config)).toEqual([{ name, path, sha256, isGood: true }]);
    expect(readdirSync(models).sort()).toEqual(['ggml-my-whisper.bin', 'ggml-my-whisper.bin.json']);
  });

  test('gives the same from a safetensors folder, from its weights file, and from a ggml file', async () => {
    const { folder, config } = here();
    const source = writeSafetensors(join(folder, 'source'));
    const converted = await importModel(source, config, { name: 'one' });
    const fromFile = await importModel(join(source, 'model.safetensors'), config, { name: 'two' });
    const copied = await importModel(converted.path, config, { name: 'three' });
    expect([fromFile.sha256, copied.sha256]).toEqual([converted.sha256, converted.sha256]);
    expect(readFileSync(copied.path).equals(readFileSync(converted.path))).toBe(true);
  });

  test('replaces an earlier import of the same name', async () => {
    const { folder, config } = here();
    await importModel(writeCtranslate2(join(folder, 'mine')), config);
    const { sha256 } = await importModel(writeSafetensors(join(folder, 'other'), { dtype: 'BF16' }), config, {
      name: 'mine',
    });
    expect(await verifyModels(['mine'], config)).toMatchObject([{ sha256, isGood: true }]);
  });

  test.each([
    ['nothing', () => '/nowhere/at/all', {}, 'not-found', /There is no/],
    ['an empty folder', (folder: string) => folder, {}, 'bad-model', /neither model\.bin .* nor model\.safetensors/],
    [
      'a file of another kind',
      (folder: string) => {
        writeFileSync(join(folder, 'song.mp3'), 'la');
        return join(folder, 'song.mp3');
      },
      {},
      'bad-model',
      /not a ggml file/,
    ],
    [
      'a name of the catalogue',
      (folder: string) => folder,
      { name: 'base' },
      'bad-config',
      /catalogue has a model base/,
    ],
    ['a name that leaves the folder', (folder: string) => folder, { name: '../evil' }, 'bad-config', /letters, digits/],
  ])('refuses %s and leaves nothing', async (_, source, options, code, message) => {
    const { folder, models, config } = here();
    mkdirSync(models);
    const input = join(folder, 'input');
    mkdirSync(input);
    await expect(importModel(source(input), config, { name: 'mine', ...options })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(readdirSync(models)).toEqual([]);
  });

  test('leaves nothing when it is cancelled', async () => {
    const { folder, models, config } = here();
    const abort = new AbortController();
    const work = importModel(writeCtranslate2(join(folder, 'mine')), config, {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await expect(work).rejects.toMatchObject({ code: 'aborted' });
    expect(readdirSync(models)).toEqual([]);
  });
});

describe('an imported model that was damaged', () => {
  test('is never loaded and is removed', async () => {
    const { folder, models, config } = here();
    const { path } = await importModel(writeCtranslate2(join(folder, 'mine')), config);
    truncateSync(path, 5_000_000);
    await expect(ensureModel('mine', config)).rejects.toMatchObject({
      code: 'bad-model',
      message: expect.stringMatching(/Import it again/),
    });
    expect(readdirSync(models)).toEqual([]);
    await expect(ensureModel('mine', config)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('is found by verify although its size and time are unchanged', async () => {
    const { folder, models, config } = here();
    const { path } = await importModel(writeCtranslate2(join(folder, 'mine')), config);
    const { atime, mtime } = statSync(path);
    const bytes = readFileSync(path);
    bytes[6_000_000]! ^= 1;
    writeFileSync(path, bytes);
    utimesSync(path, atime, mtime);
    expect(await verifyModels([], config)).toMatchObject([{ name: 'mine', isGood: false }]);
    expect(readdirSync(models)).toEqual([]);
  });
});
