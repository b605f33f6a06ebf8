import { afterAll, beforeAll, expect, test } from 'vitest';
import { Framer } from '../../src/audio/index.ts';
import type { HeedEvent } from '../../src/events/index.ts';
import { createHeed, type Heed } from '../../src/index.ts';
import { unhurried } from '../patience.ts';
import { speak, withSilence } from '../speech.ts';
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

/** Plays a reply of heed's into the microphone, then a person's phrase. */
async function hear(reply: Float32Array, phrase: Float32Array, doesTell: boolean): Promise<string[]> {
  const { ears, settled } = watched(await heed.ears());
  const session = await heed.openSession({ ears });
  const events: HeedEvent[] = [];
  const stop = heed.bus.subscribe({ session: session.id, types: ['command.completed'] }, (event) => events.push(event));
  if (doesTell) session.setPlaying(true);
  for (const part of [reply, phrase]) {
    for (const frame of new Framer().push(part)) {
      await session.push(frame.samples);
      await settled();
    }
    if (doesTell) session.setPlaying(false);
  }
  await session.flush();
  await session.close();
  stop();
  return events.map((event) => (event.type === 'command.completed' ? JSON.stringify(event.args) : ''));
}

test('a reply that is itself a command is not obeyed while it is spoken, and the next phrase is', async () => {
  const reply = await speak('turn on the kitchen lights');
  const phrase = withSilence(await speak('close the blinds in the office'));
  const person = '{"move":"close","room":"office"}';
  const asIs = await hear(withSilence(reply), phrase, false);
  // The same recording is a command when nobody says that it is heed's own voice.
  expect(asIs).toHaveLength(2);
  const told = await hear(withSilence(reply), phrase, true);
  expect(told).toHaveLength(1);
  expect(JSON.parse(told[0]!)).toEqual(JSON.parse(person));
});

test('a reply that ends without silence is not obeyed by its last words', async () => {
  const reply = await speak('all lights are now off');
  const told = await hear(reply, withSilence(await speak('set a timer for five minutes'), { beforeMs: 400 }), true);
  expect(told).toEqual([JSON.stringify({ time: 300 })]);
});
