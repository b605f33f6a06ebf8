import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createHeed, type Heed } from 'heed';
import { patient } from './patience.ts';

vi.setConfig({ testTimeout: patient(60_000), hookTimeout: patient(60_000) });

const page = readFileSync('docs/slots.md', 'utf8');
const blocks = [...page.matchAll(/^```ts (commands\/\S+)\n([\s\S]*?)^```$/gm)].map((found) => ({
  file: found[1]!,
  source: found[2]!,
}));
const folder = mkdtempSync(join(tmpdir(), 'heed-docs-slots-'));
let heed: Heed;

beforeAll(async () => {
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  for (const { file, source } of blocks) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), source);
  }
  heed = await createHeed({
    commandsDir: join(folder, 'commands'),
    config: { commands: { watch: false } },
    log: () => undefined,
  });
});

afterAll(async () => {
  await heed.close();
  rmSync(folder, { recursive: true, force: true });
});

test('All commands of the page load, and their examples mean what they say', () => {
  expect(blocks.length).toBeGreaterThan(3);
  expect(heed.registry.problems).toEqual([]);
  expect(heed.registry.commands.map(({ name }) => name).sort()).toEqual(['alarm', 'move', 'playlist', 'shop']);
});

test('A command takes several values, and two commands in one breath stay two', async () => {
  const said: (string | undefined)[] = [];
  const stop = heed.on('command.completed', (event) => said.push(event.say));
  const session = await heed.openSession({ audio: false, language: 'en' });
  await session.say('spend $5 on everything except the eggs');
  await session.say('buy two litres of milk and move from e2 to e4');
  stop();
  expect(said).toEqual(['Noted: milk, flour.', 'Noted: milk.', 'e2 to e4.']);
});

test('A list that is computed while heed runs has the values of the state', async () => {
  const said: (string | undefined)[] = [];
  const stop = heed.on('command.completed', (event) => said.push(event.say));
  const session = await heed.openSession({ audio: false, language: 'en' });
  await session.say('put on my playlist Sunday morning');
  heed.bus.publish('heed', { type: 'state', topic: 'playlists', value: [{ id: 8, name: 'rain' }] });
  await session.say('put on my playlist rain');
  stop();
  expect(said).toEqual(['Playing 7.', 'Playing 8.']);
});
