import { afterAll, beforeAll, expect, test } from 'vitest';
import { Framer } from '../../src/audio/index.ts';
import type { EventOf, HeedEvent } from '../../src/events/index.ts';
import { createHeed, type Heed } from '../../src/index.ts';
import { msToSamples } from '../../src/types.ts';
import { unhurried } from '../patience.ts';
import { humanSample, mix, speak, whiteNoise, withSilence } from '../speech.ts';
import { watched } from './watched-ears.ts';

let heed: Heed;

beforeAll(async () => {
  heed = await createHeed({
    config: unhurried({ transcribe: { model: 'tiny.en', workers: 1, partials: false } }),
    log: () => undefined,
  });
  await heed.ears();
});

afterAll(() => heed?.close());

/** Returns all events of a session that takes these samples. */
async function hear(samples: Float32Array): Promise<HeedEvent[]> {
  const { ears, settled } = watched(await heed.ears());
  const session = await heed.openSession({ ears });
  const events: HeedEvent[] = [];
  const stop = heed.bus.subscribe({ session: session.id }, (event) => events.push(event));
  for (const frame of new Framer().push(samples)) {
    await session.push(frame.samples);
    await settled();
  }
  await session.flush();
  await session.close();
  stop();
  return events;
}

const commandsIn = (events: HeedEvent[]): unknown[] =>
  events.flatMap((event) => (event.type === 'command.completed' ? [{ command: event.command, ...event.args }] : []));
const finalsIn = (events: HeedEvent[]) =>
  events.filter((event): event is EventOf<'segment.final'> => event.type === 'segment.final');

/** Joins parts, with silences between them, ms. */
function joined(parts: (Float32Array | number)[]): Float32Array {
  const pieces = parts.map((part) => (typeof part === 'number' ? new Float32Array(msToSamples(part)) : part));
  const samples = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    samples.set(piece, at);
    at += piece.length;
  }
  return withSilence(samples);
}

/** Returns speech without the silence that the synthesizer puts around it. */
async function trimmed(phrase: string): Promise<Float32Array> {
  const samples = await speak(phrase);
  const isLoud = (sample: number): boolean => Math.abs(sample) > 0.01;
  return samples.subarray(samples.findIndex(isLoud), samples.findLastIndex(isLoud) + 1);
}

test.each([
  ['turn on the kitchen lights', { command: 'lights', room: 'kitchen', on: true }],
  ['set the kitchen lights to fifty percent', { command: 'brightness', room: 'kitchen', level: 50 }],
  ['close the blinds in the office', { command: 'blinds', room: 'office', move: 'close' }],
  ['set a timer for five minutes', { command: 'timer', time: 300 }],
])('"%s" is read, understood and run', async (phrase, expected) => {
  const events = await hear(withSilence(await speak(phrase)));
  expect(commandsIn(events)).toEqual([expected]);
  const [final] = finalsIn(events);
  expect(final!.timing).toMatchObject({
    silence: expect.any(Number) as number,
    reading: expect.any(Number) as number,
    queue: expect.any(Number) as number,
    match: expect.any(Number) as number,
  });
  expect(final!.endpoint).not.toBe('');
});

test('a pause inside a command, longer than the silence that ends others, does not cut it', async () => {
  const events = await hear(joined([await trimmed('set the kitchen lights to'), 800, await trimmed('fifty percent')]));
  expect(finalsIn(events).length).toBe(1);
  expect(commandsIn(events)).toEqual([{ command: 'brightness', room: 'kitchen', level: 50 }]);
});

test('two commands in a row run in their order', async () => {
  const events = await hear(
    joined([await trimmed('turn on the kitchen lights'), 700, await trimmed('close the blinds in the office')]),
  );
  expect(commandsIn(events)).toEqual([
    { command: 'lights', room: 'kitchen', on: true },
    { command: 'blinds', room: 'office', move: 'close' },
  ]);
});

test.each([
  ['silence', async () => new Float32Array(msToSamples(4_000))],
  ['noise', async () => whiteNoise(msToSamples(4_000), { rms: 0.05 })],
  ['a clap', async () => withSilence(whiteNoise(msToSamples(60), { rms: 0.3 }))],
  [
    'a voice that talks of other things',
    async () => withSilence((await humanSample()).subarray(0, msToSamples(3_300))),
  ],
  [
    'the same in noise',
    async () =>
      withSilence(mix((await humanSample()).subarray(0, msToSamples(3_300)), whiteNoise(msToSamples(3_300)), 10)),
  ],
])('%s runs nothing', async (_, sound) => {
  const events = await hear(await sound());
  expect(events.filter(({ type }) => type.startsWith('command.') && type !== 'command.unmatched')).toEqual([]);
});
