import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ensureEntry, ensureModel } from '../../src/models/ensure-model.ts';
import { openCtranslate2 } from '../../src/models/ctranslate2.ts';
import { writeGgml } from '../../src/models/write-ggml.ts';
import { temporaryFolder, writeCtranslate2 } from './fixtures.ts';
import { deadAddress, madeUpContent, madeUpEntry, modelsConfig, startHub } from './hub.ts';

const content = madeUpContent();
const entry = madeUpEntry(content);
const file = 'ggml-made-up.bin';
const settled = [file, `${file}.json`];
/** No process has this number, because it is above the largest that Linux and macOS use. */
const deadPid = 99_999_999;

describe('ensureEntry', () => {
  test('fetches a model from the hub, and sends no request the second time', async () => {
    const folder = temporaryFolder();
    const hub = await startHub(content);
    const config = modelsConfig(folder, hub.url);
    const phases = new Set<string>();
    const path = await ensureEntry(entry, config, { onProgress: ({ phase }) => phases.add(phase) });
    expect(path).toBe(join(folder, file));
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(hub.requests.map((request) => request.path)).toEqual([
      '/ggerganov/whisper.cpp/resolve/main/ggml-made-up.bin',
    ]);
    expect([...phases]).toEqual([`downloading from ${new URL(hub.url).host}`, 'verifying']);
    expect(await ensureEntry(entry, config)).toBe(path);
    expect(hub.requests).toHaveLength(1);
    expect(readdirSync(folder).sort()).toEqual(settled);
  });

  test('hashes a file each time: changed bytes are noticed although its size and time stayed the same', async () => {
    const folder = temporaryFolder();
    const hub = await startHub(content);
    const path = await ensureEntry(entry, modelsConfig(folder, hub.url));
    const { atime, mtime } = statSync(path);
    const bytes = Buffer.from(content);
    bytes[77]! ^= 1;
    writeFileSync(path, bytes);
    utimesSync(path, atime, mtime);
    await ensureEntry(entry, modelsConfig(folder, hub.url));
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(hub.requests).toHaveLength(2);
  });

  test('accepts a right file that somebody put there, without fetching anything', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, file), content);
    await ensureEntry(entry, modelsConfig(folder, await deadAddress()));
    expect(readdirSync(folder)).toEqual([file]);
  });

  test.each([
    ['cut', (whole: Buffer) => whole.subarray(0, 1000)],
    [
      'changed by one bit',
      (whole: Buffer) => {
        const bytes = Buffer.from(whole);
        bytes[77]! ^= 1;
        return bytes;
      },
    ],
  ])('replaces a file that is %s', async (_, spoil) => {
    const folder = temporaryFolder();
    const hub = await startHub(content);
    const path = await ensureEntry(entry, modelsConfig(folder, hub.url));
    writeFileSync(path, spoil(content));
    utimesSync(path, new Date(), new Date(1_700_000_000_000));
    await ensureEntry(entry, modelsConfig(folder, hub.url));
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(hub.requests).toHaveLength(2);
  });

  test('never leaves a wrong file in place, even when nothing better can be had', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, file), 'wrong');
    await expect(ensureEntry(entry, modelsConfig(folder, await deadAddress()))).rejects.toMatchObject({
      code: 'fetch-failed',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('discards a file with a wrong checksum, and says so', async () => {
    const folder = temporaryFolder();
    const hub = await startHub(content, { content: madeUpContent() });
    await expect(ensureEntry(entry, modelsConfig(folder, hub.url))).rejects.toMatchObject({
      code: 'fetch-failed',
      message: expect.stringMatching(/another checksum .* was thrown away/),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('names every source and the file to put there when nothing can be had', async () => {
    const folder = temporaryFolder();
    await expect(ensureEntry(entry, modelsConfig(folder, await deadAddress()))).rejects.toMatchObject({
      code: 'fetch-failed',
      message: expect.stringMatching(
        /made-up could not be fetched\. hub: 127\.0\.0\.1:\d+ cannot be reached .*made-up\.bin \(sha256 [0-9a-f]{64}\)/,
      ),
    });
  });

  test('keeps the partial file of a broken download, and goes on with it', async () => {
    const folder = temporaryFolder();
    const hub = await startHub(content, { breakAfterBytes: [120_000, 0, 0, 0] });
    const config = modelsConfig(folder, hub.url);
    await expect(
      ensureEntry(entry, config, { onProgress: ({ doneBytes }) => hub.received(doneBytes) }),
    ).rejects.toMatchObject({ code: 'fetch-failed' });
    expect(readdirSync(folder)).toEqual([`${file}.part`]);
    hub.faults.breakAfterBytes = [];
    await ensureEntry(entry, config);
    expect(hub.requests.at(-1)!.range).toBe('bytes=120000-');
    expect(readdirSync(folder).sort()).toEqual(settled);
  });

  test('starts again when the kept partial file is damaged', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, `${file}.part`), madeUpContent(50_000));
    const hub = await startHub(content);
    const path = await ensureEntry(entry, modelsConfig(folder, hub.url));
    expect(hub.requests.map(({ range }) => range)).toEqual(['bytes=50000-', undefined]);
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  test('leaves only the partial file when it is cancelled', async () => {
    const folder = temporaryFolder();
    const hub = await startHub(content, { breakAfterBytes: [120_000] });
    const abort = new AbortController();
    const work = ensureEntry(entry, modelsConfig(folder, hub.url), {
      signal: abort.signal,
      onProgress: ({ doneBytes }) => {
        if (doneBytes === 120_000) abort.abort();
      },
    });
    await expect(work).rejects.toMatchObject({ code: 'aborted' });
    expect(readdirSync(folder)).toEqual([`${file}.part`]);
  });

  test('refuses at once a model that the disk cannot hold', async () => {
    const folder = temporaryFolder();
    const hub = await startHub(content);
    await expect(ensureEntry({ ...entry, sizeBytes: 1e15 }, modelsConfig(folder, hub.url))).rejects.toMatchObject({
      code: 'fetch-failed',
      message: expect.stringMatching(/free disk space are needed/),
    });
    expect(hub.requests).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('takes over from a process that was killed: its lock goes, its download is continued', async () => {
    const folder = temporaryFolder();
    const workspace = join(folder, `.work-${hostname().replace(/[^A-Za-z0-9]+/g, '_')}-${deadPid}-abcd1234`);
    mkdirSync(join(workspace, 'unpacked'), { recursive: true });
    writeFileSync(join(workspace, `${file}.part`), content.subarray(0, 250_000));
    writeFileSync(join(folder, `${file}.lock`), JSON.stringify({ pid: deadPid, host: hostname() }));
    const hub = await startHub(content);
    await ensureEntry(entry, modelsConfig(folder, hub.url));
    expect(hub.requests.map(({ range }) => range)).toEqual(['bytes=250000-']);
    expect(readdirSync(folder).sort()).toEqual(settled);
  });

  test('waits for a process that is fetching the model, until it is cancelled', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, `${file}.lock`), JSON.stringify({ pid: process.pid, host: hostname() }));
    const abort = new AbortController();
    const phases: string[] = [];
    const work = ensureEntry(entry, modelsConfig(folder, await deadAddress()), {
      signal: abort.signal,
      onProgress: ({ phase }) => {
        phases.push(phase);
        abort.abort();
      },
    });
    await expect(work).rejects.toMatchObject({ code: 'aborted' });
    expect(phases).toEqual(['waiting for another process that is fetching it']);
    expect(readdirSync(folder)).toEqual([`${file}.lock`]);
  });

  test('says what to set when the folder cannot be written', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'occupied'), '');
    await expect(ensureEntry(entry, modelsConfig(join(folder, 'occupied'), await deadAddress()))).rejects.toMatchObject(
      { code: 'bad-config', message: expect.stringMatching(/HEED_MODELS_DIR/) },
    );
  });
});

describe('ensureModel', () => {
  const nowhere = (): ReturnType<typeof modelsConfig> => modelsConfig(temporaryFolder(), 'http://127.0.0.1:1');

  test('accepts the path of a whole ggml file, and leaves nothing beside it', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'mine.bin');
    await writeGgml(await openCtranslate2(writeCtranslate2(join(folder, 'ct2'))), path);
    expect(await ensureModel(path, nowhere())).toBe(path);
    expect(readdirSync(folder).sort()).toEqual(['ct2', 'mine.bin']);
    appendFileSync(path, 'x');
    await expect(ensureModel(path, nowhere())).rejects.toMatchObject({ code: 'bad-model' });
    expect(existsSync(path)).toBe(true);
    expect(statSync(path).size).toBeGreaterThan(1_000_000);
  });

  test.each(['medium-rare', './missing.bin', '../ggml-base.bin'])('knows no model %s', async (name) => {
    await expect(ensureModel(name, nowhere())).rejects.toMatchObject({ code: 'not-found' });
  });
});
