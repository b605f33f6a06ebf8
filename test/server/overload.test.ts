import { expect, test } from 'vitest';
import { serve } from './harness.ts';

const audio = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };

test('an overloaded server refuses new streams as busy at once; typed phrases and open streams go on', async () => {
  await using server = await serve({ maxAnswerMs: 24 });
  const open = await server.start({ audio });
  server.ears.vad.answerMs = 40;
  const refused = server.connect('/v1/stream');
  refused.send({ type: 'start', token: server.token, audio });
  expect(await refused.next('error')).toMatchObject({ code: 'busy', message: expect.stringContaining('takes 40 ms') });
  expect(await refused.closed).toMatchObject({ code: 4503 });
  const typing = await server.start();
  typing.send({ type: 'say', text: 'turn on the lamp' });
  await typing.next('command.completed');
  open.send({ type: 'say', text: 'turn off the lamp' });
  await open.next('command.completed');
  server.ears.vad.answerMs = 3;
  await server.start({ audio });
});
