import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chooseModel, type ChosenModel } from '../../src/session/auto-model.ts';

let folder: string;
let measurements: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'heed-pace-'));
  measurements = 0;
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Chooses on a machine that takes so many ms. */
function choose(
  readMs: number,
  { languages = ['en'], processor = 'a processor', isBusy = false, file = join(folder, '.heed', 'pace.json') } = {},
): Promise<ChosenModel> {
  const measure = (): Promise<number> => {
    measurements++;
    return Promise.resolve(readMs);
  };
  return chooseModel({ languages, measure, file, processor, isBusy });
}

test.each<[number, string[], string]>([
  [120, ['en'], 'base'],
  [120, ['fr'], 'base'],
  [900, ['en'], 'tiny.en'],
  [900, ['en-GB', 'en'], 'tiny.en'],
  [900, ['en', 'fr'], 'base'],
  [900, ['auto'], 'base'],
])('a machine that takes %i ms for commands in %j gets %s', async (readMs, languages, name) => {
  const chosen = await choose(readMs, { languages });
  expect(chosen.name).toBe(name);
  expect(chosen.why).toContain(`base reads a short command in ${readMs} ms on a processor`);
});

test('a machine is measured once, and the choice follows the languages of each start', async () => {
  expect((await choose(900)).name).toBe('tiny.en');
  expect((await choose(1)).name).toBe('tiny.en');
  expect((await choose(1, { languages: ['en', 'de'] })).name).toBe('base');
  expect(measurements).toBe(1);
});

test('what was measured while other programs were at work counts for this start only', async () => {
  expect((await choose(900, { isBusy: true })).name).toBe('tiny.en');
  expect(await choose(100)).toMatchObject({ name: 'base', isNew: true });
  expect(await choose(900)).toMatchObject({ name: 'base', isNew: false });
  expect(measurements).toBe(2);
});

test('another processor is measured again', async () => {
  await choose(900);
  expect((await choose(100, { processor: 'another one' })).name).toBe('base');
  expect(measurements).toBe(2);
});

test.each(['', '{', '{"processor":"a processor","model":"base","readMs":-1}', '[]'])(
  'a file that holds %j is not believed, and is replaced',
  async (text) => {
    const file = join(folder, 'pace.json');
    writeFileSync(file, text);
    await choose(100, { file });
    expect(measurements).toBe(1);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ processor: 'a processor', model: 'base', readMs: 100 });
  },
);

test('where nothing can be kept, each start measures', async () => {
  const file = join(folder, 'file', 'pace.json');
  writeFileSync(join(folder, 'file'), '');
  await choose(100, { file });
  expect((await choose(100, { file })).name).toBe('base');
  expect(measurements).toBe(2);
});
