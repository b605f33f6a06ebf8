import { expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { HeedError } from '../../src/errors.ts';
import { compileGrammar } from '../../src/grammar/index.ts';
import { Matcher, understandText } from '../../src/match/index.ts';
import { LastResort, type SentenceModel, type Unmatched } from '../../src/suggest/index.ts';
import { Meanings } from './meanings.ts';

const table = { 'give me some quiet': 'silence', 'pause the music': 'silence' };

function quiet(): Unmatched {
  const text = 'give me some quiet';
  const { grammar } = compileGrammar([{ name: 'music', phrases: ['pause the music'], slots: {} }], { language: 'en' });
  const matcher = new Matcher(grammar, defaultConfig.match);
  return { text, result: understandText(matcher, text), matcher, mayBeMeant: () => true };
}

class Crashing extends Meanings {
  override embed(): Promise<Float32Array[]> {
    return Promise.reject(new HeedError('worker-lost', 'The sentence model ended: SIGSEGV'));
  }
}

test('suggests nothing and waits for nothing until the model is loaded', async () => {
  let loaded!: (model: SentenceModel) => void;
  const load = (): Promise<SentenceModel> => new Promise((resolve) => (loaded = resolve));
  const lastResort = new LastResort({ load, log: () => undefined });
  lastResort.start();
  expect(await lastResort.suggest(quiet())).toBeUndefined();
  loaded(new Meanings(table));
  await lastResort.settled();
  expect(await lastResort.suggest(quiet())).toMatchObject({ command: 'music' });
});

test('says why there is no model, and goes on without', async () => {
  const lines: string[] = [];
  const load = (): Promise<SentenceModel> =>
    Promise.reject(new HeedError('not-found', 'It is not installed: npm install it'));
  const lastResort = new LastResort({ load, log: (line) => lines.push(line) });
  lastResort.start();
  await lastResort.settled();
  expect(await lastResort.suggest(quiet())).toBeUndefined();
  expect(lines).toEqual(['Nothing will be suggested: It is not installed: npm install it']);
  await lastResort.close();
});

test('loads a model that ended again, three times at most', async () => {
  const lines: string[] = [];
  const models: Crashing[] = [];
  const load = (): Promise<SentenceModel> => Promise.resolve(models[models.push(new Crashing(table)) - 1]!);
  const lastResort = new LastResort({ load, log: (line) => lines.push(line) });
  lastResort.start();
  for (let i = 0; i < 6; i++) {
    await lastResort.settled();
    expect(await lastResort.suggest(quiet())).toBeUndefined();
  }
  expect(models.map(({ isClosed }) => isClosed)).toEqual([true, true, true, true]);
  expect(lines.at(-1)).toBe('The sentence model ended: SIGSEGV It stays off until heed starts again.');
  expect(lines).toHaveLength(4);
});

test('closes a model that is loaded too late', async () => {
  let loaded!: (model: SentenceModel) => void;
  const load = (): Promise<SentenceModel> => new Promise((resolve) => (loaded = resolve));
  const lastResort = new LastResort({ load, log: () => undefined });
  lastResort.start();
  const closed = lastResort.close();
  const model = new Meanings(table);
  loaded(model);
  await closed;
  expect([model.isClosed, await lastResort.suggest(quiet())]).toEqual([true, undefined]);
});
