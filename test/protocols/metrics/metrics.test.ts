import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HandlerDelay } from '../../../src/protocols/metrics/handler-delay.ts';
import type { EventBody, HeedEvent } from '../../../src/events/index.ts';
import { pcm, say } from '../../server/fake-ears.ts';
import { commands } from '../../server/harness.ts';
import { listening, metric, token, type Listening } from '../../server/listening.ts';

const bearer = { authorization: `Bearer ${token}` };

/** Has one phrase spoken, one typed that is no command, one that fails, and one that is refused. */
async function useAll(server: Listening): Promise<void> {
  const client = await server.speaker();
  client.send(pcm(say('turn on the lamp')));
  await client.next('command.completed');
  client.send({ type: 'say', text: 'nothing of the kind' });
  await client.next('command.unmatched');
  client.send({ type: 'say', text: 'break it' });
  await client.next('command.failed');
  client.send({ type: 'say', text: 'paint the wall' });
  await client.next('prompt');
  client.send({ type: 'say', text: 'cancel' });
  await client.next('command.refused');
  client.send({ type: 'answer', prompt_id: 'gone', text: 'blue' });
  await client.next('error');
}

test('what sessions do is counted and measured', async () => {
  await using server = await listening({ commands });
  await useAll(server);
  const counted = async (name: string): Promise<number | undefined> => await metric(server, name);
  expect(await counted('heed_commands_total{command="lamp",outcome="completed"}')).toBe(1);
  expect(await counted('heed_commands_total{command="broken",outcome="failed"}')).toBe(1);
  expect(await counted('heed_commands_total{command="paint",outcome="refused"}')).toBe(1);
  expect(await counted('heed_commands_total{command="",outcome="unmatched"}')).toBe(1);
  expect(await counted('heed_errors_total{code="not-found"}')).toBe(1);
  expect(await counted('heed_readings_total{kind="early",outcome="read"}')).toBe(1);
  expect(await counted('heed_reading_seconds_count{kind="early"}')).toBe(1);
  expect(await counted('heed_speech_end_to_handler_seconds_count')).toBe(1);
  expect(await counted('heed_sessions_open')).toBe(1);
  expect(await counted('heed_readings_waiting')).toBe(0);
  expect(await counted('heed_readings_capacity')).toBe(1);
  expect(await counted('heed_worker_restarts_total')).toBe(0);
  expect(await counted('heed_ready')).toBe(1);
  expect(await counted('nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0);
  expect(await counted('process_resident_memory_bytes')).toBeGreaterThan(0);
});

test('talk without the wake phrase is no phrase that was not understood', async () => {
  await using server = await listening({ commands, config: { wake: { phrases: ['computer'] } } });
  const client = await server.speaker();
  client.send(pcm(say('what a lovely day')));
  expect(await client.next('segment.final')).toMatchObject({ addressed: false });
  client.send({ type: 'end' });
  await client.closed;
  expect(await metric(server, 'heed_commands_total{command="",outcome="unmatched"}')).toBeUndefined();
});

test('the lag of the voice activity model is shown in seconds', async () => {
  await using server = await listening({});
  server.ears.vad.answerMs = 12;
  expect(await metric(server, 'heed_vad_answer_seconds')).toBe(0.012);
});

test('metrics need the token, and what is refused is counted', async () => {
  await using server = await listening({});
  expect((await server.get('/metrics')).status).toBe(401);
  const response = await server.get('/metrics', bearer);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(await metric(server, 'heed_refusals_total{code="unauthorized"}')).toBe(1);
});

test('every line is a comment or a sample, every metric is explained once, and none holds what was said', async () => {
  await using server = await listening({ commands });
  await useAll(server);
  const text = await (await server.get('/metrics', bearer)).text();
  const lines = text.split('\n').filter((line) => line !== '');
  for (const line of lines)
    expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{([a-z_]+="[^"]*",?)*\})? (-?[\d.]+(e[+-]?\d+)?|NaN|\+Inf))$/i);
  const explained = lines.filter((line) => line.startsWith('# HELP')).map((line) => line.split(' ')[2]);
  expect(new Set(explained).size).toBe(explained.length);
  expect(text).not.toMatch(/turn on|nothing of the kind|break it/);
});

test('the docs list every metric of heed, and no other', async () => {
  await using server = await listening({});
  const text = await (await server.get('/metrics', bearer)).text();
  const names = [...text.matchAll(/^# HELP (heed_\w+)/gm)].map(([, name]) => name!);
  const page = readFileSync('docs/operating.md', 'utf8').replace(
    '`_running`, `_capacity`',
    '`heed_readings_running`, `heed_readings_capacity`',
  );
  const listed = [...page.matchAll(/^\| (`heed_.*?) \|/gm)].flatMap(([, cell]) => cell!.match(/heed_\w+/g)!);
  expect(listed.sort()).toEqual(names.sort());
});

test('a name that is no command of the registry becomes no label', async () => {
  await using server = await listening({ commands });
  const { bus } = server.heed;
  for (const command of ['made-up', 'made-up-too'])
    bus.publish('s', { type: 'command.refused', command, args: {}, reason: 'gone' });
  bus.publish('s', { type: 'error', code: 'made-up', message: 'gone' });
  expect(await metric(server, 'heed_commands_total{command="unknown",outcome="refused"}')).toBe(2);
  expect(await metric(server, 'heed_errors_total{code="other"}')).toBe(1);
});

test('each server counts for itself, and not what was before it', async () => {
  await using one = await listening({ commands });
  await useAll(one);
  await using other = await listening({ commands });
  expect(await metric(other, 'heed_commands_total{command="lamp",outcome="completed"}')).toBeUndefined();
  expect(await metric(one, 'heed_commands_total{command="lamp",outcome="completed"}')).toBe(1);
});

const stamp = { event_id: 'e', session_id: 's', seq: 0, time: new Date(0).toISOString() };
const event = (body: Partial<EventBody> & Pick<EventBody, 'type'>): HeedEvent => ({ ...stamp, ...body }) as HeedEvent;
const final = (segment_id: string): HeedEvent =>
  event({ type: 'segment.final', segment_id, timing: { silence: 100, waited: 40, reading: 90 } });
const matched = (segment_id: string): HeedEvent => event({ type: 'command.matched', segment_id });

test('the time to the handler is that of the silence, the wait for the text, and what follows', () => {
  const delay = new HandlerDelay();
  expect([delay.take(final('a'), 1_000), delay.take(matched('a'), 1_003)]).toEqual([undefined, 143]);
});

test.each([
  ['the second command of a breath', [final('a'), matched('a'), matched('a')]],
  ['a command of another phrase', [final('a'), matched('b')]],
  ['a typed command', [event({ type: 'command.matched' })]],
  ['a command after a question', [final('a'), event({ type: 'prompt' }), matched('a')]],
])('%s has no such time', (_, events) => {
  const delay = new HandlerDelay();
  expect(events.map((one) => delay.take(one, 0)).at(-1)).toBeUndefined();
});
