import { expect, test, vi } from 'vitest';
import { pcm, say } from './fake-ears.ts';
import { serve } from './harness.ts';

const audio = { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 };

test('a client chooses its sensitivity and whether commands are joined', async () => {
  await using server = await serve();
  const open = vi.spyOn(server.heed, 'openSession');
  const client = await server.start({ audio, sensitivity: 0.7, chain: false });
  expect(open).toHaveBeenCalledWith(expect.objectContaining({ sensitivity: 0.7, chain: false }));
  client.send({ type: 'say', text: 'turn on the lamp and turn off the lamp' });
  expect(await client.next('command.unmatched')).toMatchObject({ text: 'turn on the lamp and turn off the lamp' });
  const other = await server.start({ audio });
  other.send({ type: 'say', text: 'turn on the lamp and turn off the lamp' });
  await other.next('command.completed');
  await other.next('command.completed');
});

test('the trace of an utterance shows the thresholds of its session', async () => {
  await using server = await serve();
  const client = await server.start({ audio, sensitivity: 1 });
  client.send(pcm(say('turn on the lamp')));
  const { segment_id } = await client.next('segment.final');
  const response = await fetch(server.at(`/v1/utterances/${segment_id}?token=${server.token}`));
  const { vad } = (await response.json()) as { vad: Record<string, number> };
  expect(vad['positive_threshold']).toBeCloseTo(0.36);
  expect(vad['negative_threshold']).toBeCloseTo(0.27);
});

test.each([{ sensitivity: 1.1 }, { sensitivity: 'high' }, { chain: 'yes' }])('%j is refused', async (choice) => {
  await using server = await serve();
  const client = server.connect('/v1/stream');
  client.send({ type: 'start', token: server.token, audio, ...choice });
  expect(await client.closed).toMatchObject({ code: 4400 });
});

test('what a client plays is not heard, until it says that it has stopped', async () => {
  await using server = await serve();
  const client = await server.start({ audio });
  client.send({ type: 'playing', playing: true });
  client.send(pcm(say('turn on the lamp')));
  client.send({ type: 'playing', playing: false });
  client.send(pcm(new Float32Array(8_000)));
  client.send(pcm(say('turn off the lamp')));
  client.send({ type: 'playing', playing: true });
  client.send(pcm(say('turn on the lamp')));
  client.send({ type: 'playing', playing: false, held: true });
  client.send(pcm(say('what a lovely day')));
  client.send({ type: 'end' });
  await client.closed;
  const heard = client.events.flatMap((event) => (event.type === 'segment.final' ? [event.text] : []));
  expect(heard).toEqual(['turn off the lamp', 'what a lovely day']);
});
