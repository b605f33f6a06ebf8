import { afterAll, beforeAll, expect, test } from 'vitest';
import { Framer } from '../../src/audio/index.ts';
import type { EventOf, HeedEvent } from '../../src/events/index.ts';
import { createHeed, type Heed } from '../../src/index.ts';
import type { Ears } from '../../src/session/index.ts';
import type { SegmentAudio } from '../../src/transcribe/transcriber.ts';
import { msToSamples } from '../../src/types.ts';
import { humanSample, mix, speak, whiteNoise, withSilence } from '../speech.ts';

let heed: Heed;
const reading = new Set<Promise<unknown>>();

beforeAll(async () => {
  // A machine that is busy with other tests may take longer than a speaker would wait.
  heed = await createHeed({
    config: {
      transcribe: { model: 'tiny.en', workers: 1, partials: false },
      commands: { watch: false },
      dispatch: { maxAgeMs: 120_000 },
    },
    log: () => undefined,
  });
  await heed.ears();
});

afterAll(() => heed?.close());

/** heed's own ears, whose readings can be waited for: so a test does not depend on how fast the machine is. */
function watched({ vad, transcriber }: Ears): Ears {
  const open = (sessionId: string): SegmentAudio => {
    const audio = transcriber.open(sessionId);
    return {
      get length() {
        return audio.length;
      },
      append: (samples) => audio.append(samples),
      read: (options) => {
        const read = audio.read(options);
        const settled = read.catch(() => undefined).finally(() => reading.delete(settled));
        reading.add(settled);
        return read;
      },
      promote: () => audio.promote(),
      close: () => audio.close(),
    };
  };
  return {
    vad,
    transcriber: {
      get info() {
        return transcriber.info;
      },
      open,
      load: () => transcriber.load(),
      close: () => transcriber.close(),
    },
  };
}

/** Everything that a session tells of these samples. */
async function hear(samples: Float32Array): Promise<HeedEvent[]> {
  const session = await heed.openSession({ ears: watched(await heed.ears()) });
  const events: HeedEvent[] = [];
  const stop = heed.bus.subscribe({ session: session.id }, (event) => events.push(event));
  for (const frame of new Framer().push(samples)) {
    await session.push(frame.samples);
    await Promise.all(reading);
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

/** Parts with silences between them, ms. */
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

/** Speech without the silence that the synthesizer puts around it. */
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
])('"%s" is heard, understood and run', async (phrase, expected) => {
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
