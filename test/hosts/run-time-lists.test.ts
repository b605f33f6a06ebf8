import { expect, test, vi } from 'vitest';
import { patient } from '../patience.ts';
import { command, hostStage } from './stage.ts';

vi.setConfig({ testTimeout: patient(60_000) });

const play = {
  'play.ts': command(
    'play {song}',
    `({ args }) => ({ say: args.song + ' in ' + process.pid })`,
    `slots: { song: list(async ({ session, contexts, state }) => [
        ...(state.get('songs') ?? []), session.language, ...contexts.active, 'process ' + process.pid,
      ]) },
    examples: [{ say: 'play yesterday' }],`,
  ),
};
const set = {
  'set.ts': command('add', `({ state }) => state.set('songs', ['yesterday'])`),
};

test('A list of a command file is computed where the file is, with its state', async () => {
  const { heed, say, logged } = await hostStage({ ...play, ...set });
  expect(heed.registry.problems).toEqual([]);
  expect(await say('play yesterday')).toMatchObject({ type: 'command.unmatched' });
  await say('add');
  expect(await say('play yesterday')).toMatchObject({ type: 'command.completed', args: { song: 'yesterday' } });
  expect(await say('play en')).toMatchObject({ type: 'command.completed' });
  expect(await say(`play process ${process.pid}`)).toMatchObject({ type: 'command.unmatched' });
  heed.bus.publish('heed', { type: 'state', topic: 'songs', value: ['help'] });
  expect(await say('play help')).toMatchObject({ type: 'command.completed', args: { song: 'help' } });
  expect(logged).toEqual([]);
});

test('A list that computes for ever ends its process, and no command but its own', async () => {
  const { say, logged } = await hostStage({
    'play.ts': command('play {song}', `() => undefined`, `slots: { song: list(() => { for (;;); }) },`),
    'go.ts': command('go', `() => ({ say: 'Gone.' })`),
  });
  expect(await say('play help')).toMatchObject({ type: 'command.unmatched' });
  expect(await say('go')).toMatchObject({ type: 'command.completed', say: 'Gone.' });
  expect(logged.some((line) => line.includes('The values of {song} in play could not be computed'))).toBe(true);
});
