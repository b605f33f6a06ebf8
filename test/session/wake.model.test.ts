import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { HeedEvent } from '../../src/events/index.ts';
import { createHeed, defineCommand, list, type Heed } from '../../src/index.ts';
import { patient, unhurried } from '../patience.ts';
import { speak, withSilence } from '../speech.ts';
import { watched } from './watched-ears.ts';

vi.setConfig({ testTimeout: patient(40_000) });

let heed: Heed;
const ran: unknown[] = [];

beforeAll(async () => {
  heed = await createHeed({
    commands: {
      lights: defineCommand({
        phrases: ['turn {on} the {room} lights'],
        slots: { on: list(['on', 'off']), room: list(['kitchen', 'bedroom', 'office']) },
        examples: [{ say: 'turn on the kitchen lights' }],
        run: ({ args }) => {
          ran.push(args);
        },
      }),
    },
    commandsDir: false,
    config: unhurried({
      transcribe: { model: 'base', engine: 'in-process', partials: false },
      wake: { phrases: ['computer'], withinMs: 600_000 },
    }),
    log: () => undefined,
  });
  await heed.ears();
});

afterAll(() => heed?.close());

/** Speaks sentences, each with silence after it; returns the events that followed, without those about the speech. */
async function hear(...sentences: string[]): Promise<string[]> {
  const { ears, settled } = watched(await heed.ears());
  const session = await heed.openSession({ ears });
  const events: HeedEvent[] = [];
  const stop = heed.bus.subscribe({ session: session.id }, (event) => events.push(event));
  for (const sentence of sentences) {
    const said = withSilence(await speak(sentence));
    for (let at = 0; at < said.length; at += 512) {
      await session.push(said.subarray(at, at + 512));
      await settled();
    }
  }
  await session.flush();
  await session.close();
  stop();
  return events.map(({ type }) => type).filter((type) => /^(command|wake|prompt)/.test(type));
}

test('a command after the wake phrase runs, and the same command without it does not', async () => {
  expect(await hear('computer, turn on the kitchen lights')).toEqual(['command.matched', 'command.completed']);
  expect(await hear('turn on the kitchen lights')).toEqual([]);
  expect(ran).toEqual([{ on: 'on', room: 'kitchen' }]);
});

test('a command may follow the wake phrase after a pause', async () => {
  ran.length = 0;
  const types = await hear('hey computer', 'turn off the kitchen lights');
  expect(types).toEqual(['wake.started', 'wake.ended', 'command.matched', 'command.completed']);
  expect(ran).toEqual([{ on: 'off', room: 'kitchen' }]);
});

test.each(['my computer is slow, turn on the kitchen lights', 'commuter, turn on the kitchen lights'])(
  '"%s" does nothing',
  async (sentence) => {
    ran.length = 0;
    await hear(sentence);
    expect(ran).toEqual([]);
  },
);
