import { describe, expect, it, vi } from 'vitest';
import { createHeed, type Heed } from '../../src/index.ts';
import type { HeedEvent } from '../../src/events/event.ts';
import { list } from '../../src/grammar/index.ts';
import { defineCommand } from '../../src/registry/index.ts';
import { unhurried } from '../patience.ts';

const lights = defineCommand({
  delayable: true,
  phrases: { en: ['lights off [in the {room}]'], de: ['Licht aus [in der {room}]'] },
  slots: { room: list([{ value: 'kitchen', say: { en: ['kitchen'], de: ['Küche'] } }]) },
  run: () => undefined,
});
const level = defineCommand({
  delayable: true,
  phrases: ['set the heating to {degrees}'],
  slots: { degrees: list(['ten', 'twenty']) },
  run: () => undefined,
});

/** A heed with a session that is typed to, and what it says. */
async function talk(language = 'en') {
  const heed: Heed = await createHeed({
    commands: { lights, level },
    commandsDir: false,
    config: unhurried({ language }),
    log: () => undefined,
  });
  const events: HeedEvent[] = [];
  heed.bus.subscribe({}, (event) => events.push(event));
  const session = await heed.openSession({ audio: false });
  return {
    heed,
    session,
    events,
    say: (text: string) => session.say(text),
    /** What was said last. */
    get last() {
      return events.findLast((event) => event.type === 'prompt')?.text;
    },
    [Symbol.asyncDispose]: () => heed.close(),
  };
}

describe('Somebody', () => {
  it('asks what is planned', async () => {
    await using talking = await talk();
    await talking.say('what is planned');
    expect(talking.last).toBe('Nothing is planned.');
    await talking.say('lights off in the kitchen at 23:59 tomorrow');
    await talking.say('Lights off tomorrow at 23:58');
    await talking.say("What's planned?");
    expect(talking.last).toBe('Planned: Lights off tomorrow at 23:58; lights off in the kitchen tomorrow at 23:59.');
  });

  it('asks and calls off in German', async () => {
    await using talking = await talk('de');
    await talking.say('Licht aus in der Küche morgen um 9 Uhr');
    expect(talking.events).toMatchObject([
      {},
      { type: 'command.matched' },
      { type: 'command.planned', say: 'Licht aus in der Küche morgen um 09:00.' },
    ]);
    await talking.say('Was ist geplant?');
    expect(talking.last).toBe('Geplant: Licht aus in der Küche morgen um 09:00.');
    await talking.say('brich das ab');
    expect(talking.last).toBe('Abgesagt: Licht aus in der Küche morgen um 09:00.');
    await talking.say('was ist geplant');
    expect(talking.last).toBe('Nichts ist geplant.');
  });

  it('calls off what was planned just now', async () => {
    await using talking = await talk();
    await talking.say('lights off tomorrow at noon');
    await talking.say('lights off in ten minutes');
    await talking.say('cancel that');
    expect(talking.events.at(-2)).toMatchObject({ type: 'command.cancelled', phrase: 'lights off' });
    expect(talking.last).toMatch(/^Cancelled: lights off (tomorrow )?at /);
    expect(talking.heed.planned).toHaveLength(1);
  });

  it('chooses among several of another session what to call off', async () => {
    await using talking = await talk();
    await talking.say('lights off tomorrow at noon');
    await talking.say('lights off in the kitchen tomorrow at noon');
    const other = await talking.heed.openSession({ audio: false });
    const choosing = other.say('cancel that');
    await vi.waitUntil(() => talking.last?.endsWith('?'));
    expect(talking.last).toBe('Lights off tomorrow at 12:00 or lights off in the kitchen tomorrow at 12:00?');
    await other.say('the second one');
    await choosing;
    expect(talking.heed.planned.map(({ args }) => args)).toEqual([{}]);
    await other.say('cancel that');
    expect(talking.heed.planned).toEqual([]);
    await other.say('cancel that');
    expect(talking.last).toBe('Nothing is planned.');
  });

  it('says when before the rest, and is asked before it is planned', async () => {
    await using talking = await talk();
    const planning = talking.say('tomorrow at noon set the heating to');
    await vi.waitUntil(() => talking.last === 'Which degrees?');
    await talking.say('twenty');
    await vi.waitUntil(() => talking.last !== 'Which degrees?');
    expect(talking.last).toBe('Did you mean “set the heating to twenty tomorrow at 12:00”?');
    expect(talking.heed.planned).toEqual([]);
    await talking.say('yes');
    await planning;
    expect(talking.heed.planned).toMatchObject([{ command: 'level', args: { degrees: 'twenty' } }]);
  });

  it('says "again" only of what was done', async () => {
    await using talking = await talk();
    await talking.say('lights off');
    await talking.say('lights off tomorrow at noon');
    await talking.say('again');
    expect(talking.events.at(-1)).toMatchObject({ type: 'command.unmatched' });
    expect(talking.heed.planned).toHaveLength(1);
  });
});

it('Where nothing can be planned, these are words like any others', async () => {
  const now = defineCommand({ phrases: ['turn off all the lights'], run: () => undefined });
  const heed = await createHeed({ commands: { now }, commandsDir: false, log: () => undefined });
  const events: HeedEvent[] = [];
  heed.bus.subscribe({}, (event) => events.push(event));
  const session = await heed.openSession({ audio: false });
  await session.say('what is planned');
  await session.say('turn off all the lights in ten minutes');
  expect(events.slice(1)).toMatchObject([
    { type: 'command.unmatched' },
    { type: 'command.unmatched', reason: "I can't do that with “in ten minutes”, so I did nothing." },
  ]);
  await heed.close();
});
