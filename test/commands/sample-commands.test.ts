import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { newHouse, type House, type Room } from '../../commands/_house.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar } from '../../src/grammar/index.ts';
import { Matcher } from '../../src/match/index.ts';
import { Registry } from '../../src/registry/index.ts';
import type { CommandOutcome } from '../../src/types.ts';
import { Stage } from '../dispatch/stage.ts';

const registry = new Registry({ language: 'en' });
const matchers: Record<string, Matcher> = {};

beforeAll(async () => {
  await registry.load('commands');
  for (const language of ['en', 'de'])
    matchers[language] = new Matcher(compileGrammar(registry.commands, { language }).grammar, defaultConfig.match);
});
beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2030-01-01T12:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A house that somebody speaks to. */
class Speaker {
  readonly stage = new Stage(registry);
  readonly #language: string;

  constructor(language = 'en') {
    this.#language = language;
    this.stage.state.set('house', newHouse);
  }

  get house(): House {
    return this.stage.state.get('house') as House;
  }

  /** The rooms, by what is different from a new house. */
  get changes(): Record<string, { light?: Partial<Room['light']>; blinds?: number }> {
    return Object.fromEntries(
      Object.entries(this.house.rooms).flatMap(([name, { light, blinds }]) => {
        const before = newHouse.rooms[name as keyof House['rooms']];
        const lightChanges = Object.entries(light).filter(
          ([key, value]) => before.light[key as keyof Room['light']] !== value,
        );
        const changes = {
          ...(lightChanges.length > 0 ? { light: Object.fromEntries(lightChanges) } : {}),
          ...(blinds === before.blinds ? {} : { blinds }),
        };
        return Object.keys(changes).length > 0 ? [[name, changes]] : [];
      }),
    );
  }

  async say(text: string): Promise<CommandOutcome> {
    const { match, reason } = matchers[this.#language]!.match(text);
    if (!match) throw new Error(`"${text}": ${reason}`);
    return this.stage.run(match.command, match, { language: this.#language });
  }
}

const all = <T>(value: T): Record<string, T> => ({
  kitchen: value,
  'living room': value,
  bedroom: value,
  office: value,
});

describe('The commands folder', () => {
  it('loads eight commands, with nothing wrong', () => {
    expect(registry.problems).toEqual([]);
    expect(registry.commands.map(({ name }) => name)).toEqual([
      'blinds',
      'brightness',
      'colour',
      'help',
      'lights',
      'scene',
      'timer',
      'undo',
    ]);
  });

  it('gives each a description, examples, and what it is not', () => {
    expect(
      registry.commands.filter(
        ({ description, examples, not }) => description === '' || examples.length < 2 || not.length === 0,
      ),
    ).toEqual([]);
  });

  it('uses what everybody can use', () => {
    const imports = readdirSync('commands').flatMap((file) =>
      [...readFileSync(`commands/${file}`, 'utf8').matchAll(/ from '(.+)'/g)].map((found) => found[1]),
    );
    expect([...new Set(imports)].sort()).toEqual(['./_house.ts', 'heed']);
  });
});

describe('What is said changes the house:', () => {
  it.each<[string, Speaker['changes'], string]>([
    [
      'Set the kitchen lights to fifty percent.',
      { kitchen: { light: { on: true, level: 50 } } },
      'The kitchen lights are at 50 percent.',
    ],
    ['kitchen lights 50%', { kitchen: { light: { on: true, level: 50 } } }, 'The kitchen lights are at 50 percent.'],
    ['dim all the lights to ten percent', all({ light: { on: true, level: 10 } }), 'All lights are at 10 percent.'],
    [
      'turn the living room lights up to full',
      { 'living room': { light: { on: true, level: 100 } } },
      'The living room lights are at 100 percent.',
    ],
    [
      'set the brightness in the office to 30',
      { office: { light: { on: true, level: 30 } } },
      'The office lights are at 30 percent.',
    ],
    ['Turn on the kitchen lights', { kitchen: { light: { on: true } } }, 'The kitchen lights are on.'],
    ['could you please switch the bedroom lamp on', { bedroom: { light: { on: true } } }, 'The bedroom lights are on.'],
    ['turn on all of the lights', all({ light: { on: true } }), 'All lights are on.'],
    ['turn the lights on in the bedroom', { bedroom: { light: { on: true } } }, 'The bedroom lights are on.'],
    [
      'set the lights to 20% in the kitchen',
      { kitchen: { light: { on: true, level: 20 } } },
      'The kitchen lights are at 20 percent.',
    ],
    ['lights on in the study', { office: { light: { on: true } } }, 'The office lights are on.'],
    [
      'make the bedroom lights blue',
      { bedroom: { light: { on: true, colour: 'blue' } } },
      'The bedroom lights are blue now.',
    ],
    [
      'set the color of the office to red',
      { office: { light: { on: true, colour: 'red' } } },
      'The office lights are red now.',
    ],
    ['Close the blinds.', all({ blinds: 0 }), 'All blinds are closed.'],
    [
      'lower the blinds in the living room to a quarter',
      { 'living room': { blinds: 25 } },
      'The living room blinds are 25 percent open.',
    ],
    ['kitchen blinds 40 percent', { kitchen: { blinds: 40 } }, 'The kitchen blinds are 40 percent open.'],
    [
      'start the movie scene',
      all({ light: { on: true, level: 10, colour: 'purple' }, blinds: 0 }),
      'The house is set for movie.',
    ],
    ['Good morning!', all({ light: { on: true, level: 100, colour: 'white' } }), 'The house is set for morning.'],
  ])('%s', async (text, changes, say) => {
    const speaker = new Speaker();
    expect(await speaker.say(text)).toMatchObject({ status: 'done', canUndo: true, say });
    expect(speaker.changes).toEqual(changes);
    await speaker.say('undo that');
    expect(speaker.house).toEqual(newHouse);
  });

  it.each<[string, Speaker['changes'], string]>([
    [
      'Stell das Licht in der Küche auf fünfzig Prozent.',
      { kitchen: { light: { on: true, level: 50 } } },
      'Licht in der Küche auf 50 Prozent.',
    ],
    ['Mach bitte das Licht im Schlafzimmer an', { bedroom: { light: { on: true } } }, 'Licht im Schlafzimmer an.'],
    ['Schalte im Büro das Licht ein', { office: { light: { on: true } } }, 'Licht im Büro an.'],
    ['Licht an', all({ light: { on: true } }), 'Licht überall an.'],
  ])('%s', async (text, changes, say) => {
    const speaker = new Speaker('de');
    expect(await speaker.say(text)).toMatchObject({ status: 'done', say });
    expect(speaker.changes).toEqual(changes);
  });

  it.each([
    ['the kitchen lights are nice'],
    ['the lights are on'],
    ['turn on the radio'],
    ['close the door'],
    ['it was a good night'],
    ['set the kitchen on fire'],
    ['the bedroom is blue'],
    ["don't turn on the lights"],
    ['thank you'],
    ['what is a timer'],
    ['I think we should close the blinds in the office one day'],
    ['set the garage lights to fifty percent'],
  ])('but not %j', (text) => {
    expect(matchers['en']!.match(text).match).toBeUndefined();
  });
});

describe('Lights', () => {
  it('keep their brightness and colour when they are switched', async () => {
    const speaker = new Speaker();
    for (const text of [
      'kitchen lights 30 percent',
      'make the kitchen lights green',
      'kitchen lights off',
      'kitchen lights on',
    ])
      await speaker.say(text);
    expect(speaker.house.rooms.kitchen.light).toEqual({ on: true, level: 30, colour: 'green' });
  });

  it('that go to zero are off', async () => {
    const speaker = new Speaker();
    await speaker.say('kitchen lights on');
    await speaker.say('dim the kitchen lights to zero percent');
    expect(speaker.house.rooms.kitchen.light).toMatchObject({ on: false, level: 0 });
  });

  it('without a level are asked about', async () => {
    const speaker = new Speaker();
    const outcome = speaker.say('dim the bedroom lights');
    await vi.advanceTimersByTimeAsync(0);
    expect(speaker.stage.prompt).toMatchObject({ kind: 'ask', text: 'How bright, in percent?' });
    speaker.stage.answer('about twenty percent please');
    expect(speaker.stage.prompt.text).toMatch(/^I expected 0 to 100 percent\./);
    speaker.stage.answer('twenty percent please');
    expect(await outcome).toMatchObject({ say: 'The bedroom lights are at 20 percent.' });
  });
});

describe('Undo', () => {
  it('puts back what the command changed and leaves the rest', async () => {
    const speaker = new Speaker();
    await speaker.say('kitchen lights on');
    await speaker.say('close the bedroom blinds');
    speaker.stage.state.set('house', {
      ...speaker.house,
      rooms: {
        ...speaker.house.rooms,
        bedroom: { ...speaker.house.rooms.bedroom, light: { on: true, level: 5, colour: 'red' } },
      },
    });
    await speaker.say('undo');
    expect(speaker.changes).toEqual({
      kitchen: { light: { on: true } },
      bedroom: { light: { on: true, level: 5, colour: 'red' } },
    });
  });

  it('says when there is nothing left', async () => {
    expect(await new Speaker().say('undo')).toMatchObject({
      status: 'failed',
      code: 'command-failed',
      message: 'There is nothing to take back.',
    });
    expect(await new Speaker('de').say('Mach das rückgängig')).toMatchObject({
      message: 'Es gibt nichts rückgängig zu machen.',
    });
  });
});

describe('A scene', () => {
  it('is left when a room is changed by hand, and back after an undo', async () => {
    const speaker = new Speaker();
    await speaker.say("it's dinner time");
    expect(speaker.house.scene).toBe('dinner');
    await speaker.say('kitchen lights off');
    expect(speaker.house.scene).toBe('');
    await speaker.say('undo');
    expect(speaker.house.scene).toBe('dinner');
  });

  it('that was heard badly is asked about', async () => {
    const speaker = new Speaker();
    const outcome = speaker.stage.run('scene', { args: { scene: 'movie' }, score: 0.8 });
    await vi.advanceTimersByTimeAsync(0);
    expect(speaker.stage.prompt).toMatchObject({ kind: 'confirm', text: 'Set the whole house for movie?' });
    speaker.stage.answer('no');
    expect(await outcome).toMatchObject({ status: 'refused' });
    expect(speaker.house).toEqual(newHouse);
  });
});

describe('A timer', () => {
  it('runs, rings and is gone', async () => {
    const speaker = new Speaker();
    expect(await speaker.say('start a tea timer for two and a half minutes')).toMatchObject({
      say: 'The tea timer runs for 2 minutes 30 seconds.',
    });
    expect(speaker.house.timer).toEqual({ endsAt: '2030-01-01T12:02:30.000Z', label: 'tea' });
    await vi.advanceTimersByTimeAsync(149_000);
    expect(speaker.stage.prompts).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(speaker.stage.prompts).toMatchObject([{ kind: 'say', text: 'The tea is ready.' }]);
    expect(speaker.house.timer).toBeNull();
  });

  it('that was stopped, taken back or replaced does not ring', async () => {
    const speaker = new Speaker();
    await speaker.say('set a timer for five minutes');
    await speaker.say('cancel the timer');
    await speaker.say('set a timer for six minutes');
    await speaker.say('undo');
    await speaker.say('set a timer for an hour');
    await vi.advanceTimersByTimeAsync(30 * 60_000);
    expect(speaker.stage.prompts).toEqual([]);
    expect(speaker.house.timer).toMatchObject({ endsAt: '2030-01-01T13:00:00.000Z' });
  });

  it('that was stopped by mistake is back after an undo, and rings', async () => {
    const speaker = new Speaker();
    await speaker.say('set a timer for five minutes');
    await speaker.say('stop the timer');
    expect(speaker.house.timer).toBeNull();
    await speaker.say('undo');
    await vi.advanceTimersByTimeAsync(300_000);
    expect(speaker.stage.prompts).toMatchObject([{ text: 'The time is up.' }]);
  });

  it.each([
    ['stop the timer', 'There is no timer to stop.'],
    ['set a timer for 25 hours', 'A timer takes up to a day, and not nothing.'],
    ['set a timer for 0 seconds', 'A timer takes up to a day, and not nothing.'],
  ])('says what is wrong with %j', async (text, message) => {
    expect(await new Speaker().say(text)).toMatchObject({ status: 'failed', code: 'command-failed', message });
  });
});

describe('Help', () => {
  it.each([
    ['en', 'what can I say?', /^For example: “close the blinds in the office”, .*“undo”\.$/],
    ['de', 'Was kann ich sagen?', /^Zum Beispiel: .*“Mach das Licht in der Küche an”/],
  ])('in %s tells what can be said', async (language, text, say) => {
    expect(await new Speaker(language).say(text)).toMatchObject({ status: 'done', say: expect.stringMatching(say) });
  });
});
