import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHeed, defineCommand, StreamClock, type Heed, type HeedEvent } from '../../src/index.ts';
import { humanSample, speak } from '../speech.ts';

let heed: Heed;
/** Whose command the handler ran, each time. */
const heard: (string | undefined)[] = [];

beforeAll(async () => {
  const lights = defineCommand({
    phrases: ['turn on the (light|lights)'],
    run: ({ speaker }) => void heard.push(speaker?.id),
  });
  heed = await createHeed({ commandsDir: false, commands: { lights } });
});

afterAll(() => heed.close());

/** Plays recordings one after the other, with a pause that ends no utterance. */
async function hear(parts: readonly Float32Array[], diarize: boolean): Promise<HeedEvent[]> {
  const events: HeedEvent[] = [];
  const sessionId = `voices-${diarize}-${parts.length}`;
  const stop = heed.bus.subscribe({ session: sessionId }, (event) => events.push(event));
  const clock = new StreamClock();
  const session = await heed.openSession({ sessionId, diarize, clock });
  for (const part of [...parts, new Float32Array(48_000)])
    for (let from = 0; from < part.length; from += 1_600) {
      const samples = part.subarray(from, from + 1_600);
      clock.advance(samples.length);
      await session.push(samples);
    }
  await session.flush();
  await session.close();
  stop();
  return events;
}

const finals = (events: readonly HeedEvent[]) =>
  events.flatMap((event) => (event.type === 'segment.final' && event.text !== '' ? [event] : []));

test('a command that somebody else says right after is cut from what came before', async () => {
  const human = (await humanSample()).subarray(0, 36_000);
  const command = await speak('turn on the lights');
  const events = await hear([human, new Float32Array(3_000), command], true);
  const found = finals(events);
  expect(found.map(({ text }) => text.toLowerCase()).join(' ')).toMatch(/my fellow.*turn on the light/);
  expect(new Set(found.map(({ speaker }) => speaker?.id)).size).toBe(2);
  const last = found.at(-1)!;
  expect(last.text).toMatch(/^turn on the light/i);
  for (const { speaker } of last.words) expect(speaker).toBe(last.speaker!.id);
  expect(heard).toEqual([last.speaker!.id]);
  expect(events.filter(({ type }) => type === 'command.completed')).toHaveLength(1);
  const joined = events.flatMap((event) => (event.type === 'speakers' ? event.joined : []));
  expect(joined).toEqual(['speaker1', 'speaker2']);
});

test('without diarization nothing is said about speakers', async () => {
  const events = await hear([await speak('turn on the lights')], false);
  expect(finals(events).map(({ speaker }) => speaker)).toEqual([undefined]);
  expect(events.some(({ type }) => type === 'speakers')).toBe(false);
  expect(heard.at(-1)).toBeUndefined();
});
