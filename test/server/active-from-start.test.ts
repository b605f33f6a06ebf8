import { expect, test } from 'vitest';
import { pcm, say } from './fake-ears.ts';
import { serve } from './harness.ts';

const audio = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };

test('a session that starts with no active command writes down what is said, and runs nothing', async () => {
  await using server = await serve();
  const client = await server.start({ audio, active: [] });
  client.send(pcm(say('turn on the lamp')));
  client.send({ type: 'say', text: 'turn on the lamp' });
  client.send({ type: 'end' });
  expect(await client.next('segment.final')).toMatchObject({ text: 'turn on the lamp' });
  expect(await client.closed).toMatchObject({ code: 1000 });
  expect(client.types.filter((type) => type.startsWith('command.') || type === 'state')).toEqual([
    'command.unmatched',
    'command.unmatched',
  ]);
});

test('a session may start with some commands, and ask for others later', async () => {
  await using server = await serve();
  const client = await server.start({ active: ['paint'] });
  client.send({ type: 'say', text: 'turn on the lamp' });
  await client.next('command.unmatched');
  client.send({ type: 'active', commands: null });
  client.send({ type: 'say', text: 'turn on the lamp' });
  expect(await client.next('command.completed')).toMatchObject({ command: 'lamp' });
});

test('a session that starts with a command that does not exist is refused', async () => {
  await using server = await serve({ maxSessions: 1 });
  const client = server.connect('/v1/stream');
  client.send({ type: 'start', token: server.token, active: ['lamb'] });
  expect(await client.closed).toEqual({ code: 4400, reason: 'bad-message' });
  expect(client.events.findLast(({ type }) => type === 'error')).toMatchObject({
    message: expect.stringContaining('"lamb"'),
  });
  await server.start();
});
