import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHeed, defineCommand, list, type Heed } from '../../src/index.ts';
import { loadConfig } from '../../src/config/index.ts';
import { loadSentenceModel, type SentenceModel } from '../../src/suggest/index.ts';
import { similarity } from '../../src/suggest/sentence-model.ts';

const config = loadConfig({ overrides: { match: { model: 'all-minilm-l6-v2' } } });

let model: SentenceModel;
beforeAll(async () => {
  model = await loadSentenceModel(config);
}, 60_000);
afterAll(() => model.close());

test('sentences that mean the same are near, whatever their words', async () => {
  const [lift, raise, soup] = await model.embed(['lift the box', 'raise the crate', 'we had soup for lunch']);
  expect(similarity(lift!, lift!)).toBeCloseTo(1, 5);
  expect(similarity(lift!, raise!)).toBeGreaterThan(0.5);
  expect(similarity(lift!, soup!)).toBeLessThan(0.2);
});

test('a very long sentence is cut, not refused', async () => {
  const [vector] = await model.embed(['word '.repeat(2_000)]);
  expect(similarity(vector!, vector!)).toBeCloseTo(1, 5);
});

test('a session asks about a command that was worded differently, and runs it after a yes', async () => {
  const ran: unknown[] = [];
  const commands = {
    play: defineCommand({
      phrases: ['play some {genre}'],
      slots: { genre: list(['jazz', 'techno']) },
      run: ({ args }) => void ran.push(args),
    }),
    stop: defineCommand({ phrases: ['stop the player'], run: () => void ran.push('stop') }),
  };
  const heed: Heed = await createHeed({
    commands,
    commandsDir: false,
    config: { match: config.match },
    log: () => undefined,
  });
  const session = await heed.openSession({ audio: false });
  const asked = new Promise<{ prompt_id: string; text: string }>((resolve) => heed.on('prompt', resolve));
  const matched: unknown[] = [];
  heed.on('command.matched', (event) => matched.push([event.command, event.via, event.args]));
  await heed.suggestionsReady();
  const said = session.say('give us a bit of techno');
  const { prompt_id, text } = await asked;
  expect(text).toBe('Did you mean “play some techno”?');
  session.answer(prompt_id, 'yes');
  await said;
  expect([ran, matched]).toEqual([[{ genre: 'techno' }], [['play', 'model', { genre: 'techno' }]]]);
  await heed.close();
}, 60_000);
