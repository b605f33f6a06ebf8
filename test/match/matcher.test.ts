import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar, list, percent, text, type GrammarCommand } from '../../src/grammar/index.ts';
import { Matcher } from '../../src/match/index.ts';
import { command, house } from '../grammar/commands.ts';

function matcherOf(commands: GrammarCommand[], language = 'en'): Matcher {
  return new Matcher(compileGrammar(commands, { language }).grammar, defaultConfig.match);
}

const home = matcherOf(house);

describe('An exact phrase', () => {
  it.each<[string, string, Record<string, unknown>]>([
    ['Set the kitchen lights to fifty percent.', 'brightness', { room: 'kitchen', level: 50 }],
    ['set the living-room lights to 50%', 'brightness', { room: 'living room', level: 50 }],
    ['Could you please dim the bedroom lights to half?', 'brightness', { room: 'bedroom', level: 50 }],
    ['um, kitchen lights uh full please', 'brightness', { room: 'kitchen', level: 100 }],
    ["What's the time?", 'clock', {}],
    ['What is the time', 'clock', {}],
    ['Hey, turn off the lights in the kitchen now', 'lights', { room: 'kitchen' }],
    ['create a timer for 4 and a half hours', 'timer', { time: 16_200 }],
    ['start timer for an hour and a half', 'timer', { time: 5400 }],
    ['Channel twenty-five', 'channel', { n: 25 }],
    ['remind me to buy milk please', 'remind', { what: 'buy milk please' }],
    [
      'make me a 12-ounce, double shot, dark roast iced coffee with milk and sugar',
      'coffee',
      {
        size: 'twelve ounce',
        shots: 'double shot',
        roast: 'dark roast',
        drink: 'iced coffee',
        milk: 'milk',
        sugar: 'sugar',
      },
    ],
    [
      "I'd like a dark roast large latte with sugar and a lot of milk",
      'coffee',
      { size: 'large', roast: 'dark roast', drink: 'latte', milk: 'a lot of milk', sugar: 'sugar' },
    ],
    ['I would like a mocha', 'coffee', { drink: 'mocha' }],
    ['set the bed room lights to 50%', 'brightness', { room: 'bedroom', level: 50 }],
    ['livingroom lights full', 'brightness', { room: 'living room', level: 100 }],
  ])('%j is %s %j', (said, name, args) => {
    expect(home.match(said)).toMatchObject({ match: { command: name, score: 1, via: 'exact' } });
    expect(home.match(said).match?.args).toEqual(args);
  });

  it('is understood as the more specific of two commands', () => {
    const matcher = matcherOf([
      command('any', ['play {song}'], { slots: { song: text() } }),
      command('known', ['play {song}'], { slots: { song: list(['help']) } }),
      command('word', ['play music']),
    ]);
    expect(['play help', 'play music', 'play yesterday'].map((said) => matcher.match(said).match?.command)).toEqual([
      'known',
      'word',
      'any',
    ]);
  });

  it.each(['press OK', 'press okay', 'press O.K.', 'say ok', 'say okay', 'tell ok', 'tell okay'])(
    '%j may be written with "ok" or "okay"',
    (said) => {
      const matcher = matcherOf([
        command('c', ['press {button}', 'say ok', 'tell okay'], { slots: { button: list(['OK', 'cancel']) } }),
      ]);
      expect(matcher.match(said)).toMatchObject({
        match: { via: 'exact', args: said.startsWith('press') ? { button: 'OK' } : {} },
      });
    },
  );

  it('of two commands runs neither', () => {
    const result = matcherOf([command('a', ['go home']), command('b', ['go home'])]).match('go home');
    expect(result.match).toBeUndefined();
    expect(result.reason).toBe('This could be a or b.');
    expect(result.candidates.map((candidate) => candidate.command)).toEqual(['a', 'b']);
  });

  it('shows what its slots were filled with', () => {
    expect(home.match('dim the bedroom lights to fifty percent').slots).toEqual([
      { name: 'room', words: 'bedroom', value: 'bedroom' },
      { name: 'level', words: 'fifty percent', value: 50 },
    ]);
  });
});

describe('A phrase slightly misheard', () => {
  it.each<[string, string, Record<string, unknown>, string]>([
    ['set the kitten lights to fifty', 'brightness', { room: 'kitchen', level: 50 }, 'set the kitchen lights to fifty'],
    ['kitchen light 50%', 'brightness', { room: 'kitchen', level: 50 }, 'kitchen lights 50%'],
    ['turn the kitchen lights too 80%', 'brightness', { room: 'kitchen', level: 80 }, 'turn the kitchen lights to 80%'],
    ['what is a time', 'clock', {}, 'what is the time'],
    [
      'make me a twelve ounce dubble shot late with milk',
      'coffee',
      { size: 'twelve ounce', shots: 'double shot', drink: 'latte', milk: 'milk' },
      'make me a twelve ounce double shot latte with milk',
    ],
    [
      'set the bed room light to fifty',
      'brightness',
      { room: 'bedroom', level: 50 },
      'set the bedroom lights to fifty',
    ],
    ['remined me to call Aoife', 'remind', { what: 'call aoife' }, 'remind me to call aoife'],
    ['start a tymer for ten minutes', 'timer', { time: 600 }, 'start a timer for ten minutes'],
  ])('%j is %s %j', (said, name, args, phrase) => {
    expect(home.match(said)).toMatchObject({ match: { command: name, args, via: 'near', phrase } });
    expect(home.match(said).match!.score).toBeGreaterThan(defaultConfig.match.threshold);
  });

  it.each([
    ["don't set the kitchen lights to fifty"],
    ['turn the lights'],
    ['set the kitchen lights to five hundred'],
    ['do not turn off the lights'],
    ['why turn off the lights'],
    ['thank you'],
    ['thanks for watching'],
    ['you'],
    ['the weather is nice today'],
    ['I was thinking that we could perhaps set the kitchen lights to fifty percent some day'],
    ["what's the temp"],
    ['turn off the lights in the garage'],
    ['set a timer for ten minutes in the cellar'],
    ["what's the time in Tokyo"],
    ['turn off the blue lights'],
    ['turn the lights on tomorrow'],
    ['set the garage lights to fifty'],
    ['turn up the lights'],
    ['channel'],
    ['kitchen'],
    [''],
    ['…'],
    ['lorem ipsum dolor sit amet'],
  ])('%j is not a command', (said) => {
    const result = home.match(said);
    expect(result.match).toBeUndefined();
    expect(result.reason).toBeTruthy();
  });

  it('uses as little free text as possible', () => {
    const matcher = matcherOf([command('note', ['write [the] letter [(to|for)] {who}'], { slots: { who: text() } })]);
    expect(matcher.match('write the lettar to my mother').match).toMatchObject({
      command: 'note',
      args: { who: 'my mother' },
      via: 'near',
    });
  });

  it.each([
    ['unto me'],
    ['and just now'],
    ['them and just now'],
    ['under'],
    ['and do'],
    ['could you please under'],
    ['unto for me please'],
  ])('%j is not taken for a command of one word', (said) => {
    expect(matcherOf([command('undo', ['undo [that]'])]).match(said).match).toBeUndefined();
  });

  it('of one word is taken when it is very near', () => {
    expect(matcherOf([command('undo', ['undo [that]'])]).match('undoo').match?.command).toBe('undo');
  });

  it('comes with reasons when it is too far away', () => {
    const far = home.match('start a big tymer for ten minutes');
    expect(far.match).toBeUndefined();
    expect(far.candidates[0]).toMatchObject({ command: 'timer' });
    expect(far.candidates[0]!.reason).toContain('heard "tymer", expected "timer"');
  });

  it('is not guessed when two values are equally near', () => {
    const matcher = matcherOf([command('call', ['please call {who} now'], { slots: { who: list(['mara', 'lara']) } })]);
    const result = matcher.match('please call zara now');
    expect(result.match).toBeUndefined();
    expect(result.reason).toMatch(/This could be/);
  });
});

describe('A "not" phrase', () => {
  it('is refused, and so is a phrase that is nearer to it than to the command', () => {
    expect(home.match('set the kitchen nights to fifty')).toMatchObject({
      reason: expect.stringContaining('which is no command'),
    });
    expect(home.match('set the kitchen nights to fifty').match).toBeUndefined();
    expect(home.match('set the kitchen lights to fifty').match).toBeDefined();
  });

  it('overrides an exact phrase', () => {
    const matcher = matcherOf([command('go', ['go {where}'], { slots: { where: text() }, not: ['go away'] })]);
    expect(matcher.match('Go away!')).toMatchObject({ reason: expect.stringContaining('ruled out') });
    expect(matcher.match('Go away!').match).toBeUndefined();
    expect(matcher.match('go away now please sir').match).toBeDefined();
  });
});

describe('Completeness', () => {
  it.each([
    ["what's the time", 'closed'],
    ['what is the time please', 'closed'],
    ['turn the lights off', 'closed'],
    ['set the kitchen lights to 50%', 'closed'],
    ['set the kitchen lights to fifty', 'extendable'],
    ['turn off the lights', 'extendable'],
    ['remind me to buy milk', 'extendable'],
    ['start a timer for five minutes', 'extendable'],
    ['set the kitchen', 'incomplete'],
    ['turn on the', 'incomplete'],
    ['set a timer for twenty', 'incomplete'],
    ['please', 'incomplete'],
    ['good morning', 'none'],
    ['', 'none'],
  ])('of %j is %s', (said, completeness) => {
    expect(home.match(said).completeness).toBe(completeness);
  });
});

describe('Near a command', () => {
  const german = matcherOf([command('light', ['[(mach|schalte)] das Licht (an|aus)'])], 'de');

  it.each(['Mack das Licht an', 'Schalde das Licht aus', 'Bite das Licht aus'])('German %j is one', (said) => {
    expect(german.match(said).match).toMatchObject({ command: 'light', via: 'near' });
  });

  it.each(['Machte das Licht an', 'Schaltete das Licht aus', 'Machst das Licht an'])(
    'German %j reports and is none',
    (said) => {
      expect(german.match(said).match).toBeUndefined();
    },
  );

  it('another verb is not taken for a word of politeness', () => {
    expect(german.match('Zünde das Licht an').match).toBeUndefined();
  });
});

describe('Other languages', () => {
  it.each<[string, string[], string]>([
    ['de', ['(schalte|stell) das Licht [in der {room}] auf {level}'], 'Könntest du bitte das Licht stellen'],
    [
      'de',
      ['(schalte|stell) das Licht [in der {room}] auf {level}'],
      'Stell das Licht in der Küche auf fünfundzwanzig Prozent',
    ],
    [
      'fr',
      ['mets la lumière [de la {room}] à {level}'],
      "S'il te plaît, mets la lumière de la cuisine à vingt-cinq pour cent",
    ],
    ['fr', ["mets la lumière (de la|de l'|dans l'|dans la) {room} à {level}"], "Mets la lumière dans l'entrée à 25 %"],
    ['es', ['pon la luz [de la {room}] al {level}'], 'Por favor, pon la luz de la cocina al veinticinco por ciento'],
  ])('%s reads %j → %j', (language, phrases, said) => {
    const rooms = list([
      { value: 'kitchen', say: { de: ['Küche'], fr: ['cuisine'], es: ['cocina'] } },
      { value: 'hall', say: { de: ['Flur'], fr: ['entrée'], es: ['entrada'] } },
    ]);
    const matcher = matcherOf([command('light', phrases, { slots: { room: rooms, level: percent() } })], language);
    if (said.includes('stellen')) expect(matcher.match(said).match).toBeUndefined();
    else
      expect(matcher.match(said).match?.args).toEqual({
        room: said.includes('entrée') ? 'hall' : 'kitchen',
        level: 25,
      });
  });
});
