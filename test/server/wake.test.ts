import { expect, test } from 'vitest';
import { defineCommand } from '../../src/registry/index.ts';
import { pcm, say } from './fake-ears.ts';
import { commands, serve } from './harness.ts';
import { listening } from './listening.ts';

const audio = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };

test('a client that names a wake phrase has nothing run without it', async () => {
  await using server = await serve();
  const client = await server.start({ audio, wake: 'computer' });
  expect(client.events[0]).toMatchObject({ type: 'session.started', wake: ['computer'] });
  client.send(pcm(say('turn on the lamp')));
  expect(await client.next('segment.final')).toMatchObject({ text: 'turn on the lamp', addressed: false });
  client.send({ type: 'end' });
  await client.closed;
  expect(client.types).toEqual(['session.started', 'speech.started', 'speech.ended', 'segment.final', 'session.ended']);
});

test('from hold to flush, no wake phrase is needed', async () => {
  await using server = await serve();
  const client = await server.start({ audio, wake: ['computer', 'hey jarvis'] });
  client.send({ type: 'hold' });
  client.send(pcm(say('turn on the lamp', { silenceMs: 0 })));
  client.send({ type: 'flush' });
  expect(await client.next('command.completed')).toMatchObject({ command: 'lamp' });
});

test('a session without commands only transcribes, with a wake phrase too', async () => {
  await using server = await serve();
  const client = await server.start({ audio, active: [], wake: 'computer' });
  client.send(pcm(say('turn on the lamp')));
  expect(await client.next('segment.final')).toMatchObject({ text: 'turn on the lamp', addressed: false });
  client.send({ type: 'hold' });
  client.send(pcm(say('turn on the lamp', { silenceMs: 0 })));
  client.send({ type: 'flush' });
  expect(await client.next('segment.final')).toMatchObject({ text: 'turn on the lamp' });
  client.send({ type: 'end' });
  await client.closed;
  expect(client.types).not.toContain('command.matched');
});

test('a release that is refused because too much is under way still ends push-to-talk', async () => {
  let finish = (): void => undefined;
  const wait = defineCommand({
    phrases: ['wait for it'],
    run: () =>
      new Promise<undefined>((resolve) => {
        finish = () => resolve(undefined);
      }),
  });
  await using server = await listening({
    commands: { ...commands, wait },
    config: { wake: { phrases: ['computer'] } },
  });
  const client = await server.speaker();
  client.send({ type: 'say', text: 'wait for it' });
  for (let index = 0; index < 31; index++) client.send({ type: 'flush' });
  client.send({ type: 'hold' });
  client.send({ type: 'flush' });
  expect(await client.next('error')).toMatchObject({ code: 'busy' });
  client.send(pcm(say('turn on the lamp')));
  expect(await client.next('segment.final')).toMatchObject({ addressed: false });
  finish();
});

test('typed phrases need no wake phrase', async () => {
  await using server = await serve();
  const client = await server.start({ wake: 'computer' });
  client.send({ type: 'say', text: 'turn on the lamp' });
  client.send({ type: 'say', text: 'computer, turn off the lamp' });
  await client.next('command.completed');
  expect(await client.next('command.completed')).toMatchObject({ command: 'lamp' });
});

test.each(['', []])('the wake phrase %j is none', async (wake) => {
  await using server = await serve();
  const client = await server.start({ audio, wake });
  expect(client.events[0]).not.toHaveProperty('wake');
  client.send(pcm(say('turn on the lamp')));
  await client.next('command.completed');
});

test.each(['[hey] computer', '7', 'x'.repeat(101), 7, Array<string>(21).fill('computer')])(
  'the wake phrase %j is refused',
  async (wake) => {
    await using server = await serve();
    const client = server.connect('/v1/stream');
    client.send({ type: 'start', token: server.token, wake });
    expect(await client.closed).toEqual({ code: 4400, reason: 'bad-message' });
  },
);
