import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventOf, HeedEvent } from '../../src/events/index.ts';
import { createHeed, defineCommand, type Heed } from '../../src/index.ts';
import { unhurried } from '../patience.ts';
import { speak, withSilence } from '../speech.ts';
import { watched } from './watched-ears.ts';

let heed: Heed;
let wiped = 0;

beforeAll(async () => {
  heed = await createHeed({
    commands: {
      wipe: defineCommand({
        phrases: ['wipe the disk'],
        risk: 'high',
        confirmBySpeech: true,
        confirm: 'Really wipe it?',
        run: () => {
          wiped++;
        },
      }),
    },
    commandsDir: false,
    config: unhurried({ transcribe: { model: 'base', workers: 1, partials: false } }),
    log: () => undefined,
  });
  await heed.ears();
});

afterAll(() => heed?.close());

/** Returns what was heard and asked when this word answers the question. */
async function answer(word: string, voice: string): Promise<{ heard: string; asked: string[] }> {
  const { ears, settled } = watched(await heed.ears());
  const session = await heed.openSession({ ears });
  const events: HeedEvent[] = [];
  const stop = heed.bus.subscribe({ session: session.id }, (event) => events.push(event));
  const question = new Promise((resolve) => {
    heed.bus.subscribe({ session: session.id, types: ['prompt'] }, resolve);
  });
  const running = session.say('wipe the disk');
  await question;
  const said = withSilence(await speak(word, { voice }));
  for (let at = 0; at < said.length; at += 512) {
    await session.push(said.subarray(at, at + 512));
    await settled();
  }
  // An answer that does not count leaves the question open.
  const heard = await new Promise<string>((resolve) => {
    heed.bus.subscribe({ session: session.id, types: ['segment.final'] }, (event) =>
      resolve((event as EventOf<'segment.final'>).text),
    );
    const final = events.find((event) => event.type === 'segment.final');
    if (final) resolve(final.text);
  });
  await session.close();
  await running;
  stop();
  return { heard, asked: events.flatMap((event) => (event.type === 'prompt' ? [event.text] : [])) };
}

test.each(['en-us', 'en-gb', 'en-gb-scotland'])('a spoken yes runs a command of high risk (%s)', async (voice) => {
  wiped = 0;
  expect(await answer('yes', voice)).toMatchObject({ heard: 'Yes.' });
  expect(wiped).toBe(1);
});

test.each(
  ['less', 'Jess', 'yet', 'write', 'sure'].flatMap((word) => ['en-us', 'en-gb'].map((voice) => [word, voice] as const)),
)('"%s" does not (%s)', async (word, voice) => {
  wiped = 0;
  const { asked } = await answer(word, voice);
  expect(
    asked.every((text) => text === 'Really wipe it?' || text === 'Please say “yes” clearly. Really wipe it?'),
  ).toBe(true);
  expect(wiped).toBe(0);
});
