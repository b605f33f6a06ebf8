import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar, duration, list, number, percent, text, type GrammarCommand } from '../../src/grammar/index.ts';
import { Matcher, understandText } from '../../src/match/index.ts';
import { command } from '../grammar/commands.ts';

const slots = {
  n: number(),
  level: percent(),
  time: duration(),
  room: list(['office', 'kitchen']),
  what: text(),
  item: text(),
  list: list(['shopping', 'chores']),
};

function matcherOf(phrases: readonly string[], language = 'en'): Matcher {
  const commands: GrammarCommand[] = phrases.map((phrase, i) => command(`c${i}`, [phrase], { slots }));
  return new Matcher(compileGrammar(commands, { language }).grammar, defaultConfig.match);
}

function said(phrase: string, text: string, language = 'en'): string | undefined {
  return understandText(matcherOf([phrase], language), text).match?.phrase;
}

describe('A near match never turns a command around', () => {
  it.each([
    ['en', 'deactivate the alarm', 'activate the alarm'],
    ['en', 'activate the alarm', 'deactivte the alarm'],
    ['en', 'increase the volume by {n}', 'decrease the volume by 5'],
    ['en', 'lock the door', 'unlok the door'],
    ['en', 'arm the robot', 'disarm the robot'],
    ['en', 'upload the report', 'download the report'],
    ['en', 'include the summary', 'exclude the summary'],
    ['en', 'move the arm forward', 'move the arm backward'],
    ['en', 'hire the agent', 'fire the agent'],
    ['en', 'book the room for monday', 'book the room for sunday'],
    ['de', '[das] Licht ausschalten', 'das Licht anschalten'],
    ['de', '[das] Licht ausschalten', 'Licht einschalten'],
    ['de', 'Alarm deaktivieren', 'Alarm aktivieren'],
    ['de', 'Tür aufschließen', 'Tür abschließen'],
    ['de', 'Tür aufschließen', 'Tür zuschließen'],
    ['de', 'Timer um {n} Minuten verlängern', 'Timer um 5 Minuten verringern'],
    ['de', 'Paket annehmen', 'Paket abnehmen'],
    ['de', 'TV aus', 'TV pause'],
    ['fr', 'désactive le chauffage', 'active le chauffage'],
    ['fr', 'verrouille la porte', 'déverrouille la porte'],
    ['fr', 'branche la lampe', 'débranche la lampe'],
    ['es', 'desactiva la alarma', 'activa la alarma'],
    ['es', 'conecta el cargador', 'desconecta el cargador'],
    ['es', 'sube el volumen', 'baja el volumen'],
  ])('%s: with %j, %j runs nothing', (language, phrase, text) => {
    expect(said(phrase, text, language)).toBeUndefined();
  });

  it.each([
    ['en', 'deactivate the alarm', 'deactivte the alarm'],
    ['en', 'switch on the lights', 'swich on the lights'],
    ['en', 'turn on the light', 'turn on the lite'],
    ['en', 'increase the volume by {n}', 'increese the volume by 5'],
    ['en', 'unlock the door', 'nlock the door'],
    ['en', 'set the volume to {level}', 'set the volumne to 50'],
    ['en', 'turn off the light', 'turn of the light'],
    ['en', 'wait for {time}', 'wait for 5 minuets'],
    ['de', 'schalte das Licht an', 'schlate das Licht an'],
    ['de', 'starte die Pumpe', 'startte die Pumpe'],
    ['de', 'mach das Licht an', 'mach das Lihct an'],
    ['fr', 'appelle maman', 'apelle maman'],
    ['es', 'empaqueta la caja', 'enpaqueta la caja'],
    ['de', '[das] Licht ausschalten', 'das Licht ausschlaten'],
    ['de', 'Timer um {n} Minuten verlängern', 'Timer um 5 Minuten verlengern'],
    ['fr', 'désactive le chauffage', 'désactiv le chaufage'],
    ['es', 'enciende la luz de la cocina', 'enciende la lus de la cosina'],
  ])('%s: %j is still heard in %j', (language, phrase, text) => {
    expect(said(phrase, text, language)).toBeDefined();
  });

  it('leaves no number without its preposition, and adds none', () => {
    expect(
      said('open the blinds [in the {room}] to {level}', 'open the blinds in the office at eight'),
    ).toBeUndefined();
    expect(said('turn up the volume by {n}', 'turn up the volume to 5')).toBeUndefined();
    expect(said('turn up the volume {n}', 'turn up the volume to 5')).toBeUndefined();
  });

  it('makes no command of a question by leaving out its first word', () => {
    expect(said('is the kitchen light on', 'kitchen light on')).toBeUndefined();
  });
});

describe('Free text', () => {
  const shopping = 'add {item} to [my] {list} list';

  it.each(['do not add milk to the shopping list', 'remove milk from the shopping list'])(
    'of a command keeps out of %j',
    (text) => expect(said(shopping, text)).toBeUndefined(),
  );

  it('takes no command that others begin with, unless it is one as a whole', () => {
    const matcher = matcherOf(['{what} in {n} (hour|hours)', 'feed the cat', 'play {what}']);
    expect(matcher.match('feed the cat in 2 hours').match?.args).toEqual({ what: 'feed the cat', n: 2 });
    expect(matcher.match('feed the dog in 2 hours').match).toBeUndefined();
    expect(matcher.match('cancel timer in 1 hour').match).toBeUndefined();
    expect(matcher.match('never mind in 1 hour').match).toBeUndefined();
    expect(matcher.match('the cake in 1 hour').match?.args).toEqual({ what: 'the cake', n: 1 });
  });

  it.each([
    ['en', '[a] {what} timer for {n} minutes', 'cancel timer for 5 minutes'],
    ['en', '[a] {what} timer for {n} minutes', 'extend the timer for 5 minutes'],
    ['de', '[einen] {what} Timer für {n} Minuten', 'stoppe Timer für 5 Minuten'],
    ['de', '[einen] {what} Timer für {n} Minuten', 'lösche Timer für 5 Minuten'],
    ['fr', '{what} minuteur de {n} minutes', 'annule le minuteur de 5 minutes'],
    ['es', '{what} temporizador de {n} minutos', 'incrementar el temporizador de 5 minutos'],
  ])('%s: of %j does not begin with a verb that changes something: %j', (language, phrase, text) => {
    expect(said(phrase, text, language)).toBeUndefined();
    const other = text.replace(/^\S+/, 'pizza');
    expect(said(phrase, other, language)).toBe(other);
  });

  it('is no reason to ask for more when a word is misspelled', () => {
    const matcher = matcherOf(['increase [{what}] timer by {n} minutes']);
    expect(matcher.match('increase timer by 5 minuts').match?.args).toEqual({ n: 5 });
    expect(matcher.match('increase timer by')).toMatchObject({ completeness: 'incomplete' });
  });

  it('is not chosen where a list has the words too, even if another word is misspelled', () => {
    const matcher = matcherOf(['decrease {room} timer by {n} minutes', 'decrease {what} timer by {n} minutes']);
    expect(matcher.match('decrewse kitchen timer by 5 minutes').match?.args).toEqual({ room: 'kitchen', n: 5 });
  });

  it('inside a phrase may be anything', () => {
    const matcher = matcherOf(['note that {what}', 'play {what}', 'cancel the trip']);
    expect(matcher.match('note that I want to cancel the trip').match?.args).toEqual({
      what: 'i want to cancel the trip',
    });
    expect(matcher.match('play stop in the name of love').match?.args).toEqual({ what: 'stop in the name of love' });
  });

  it('keeps politeness at its end', () => {
    const matcher = matcherOf(['tell mom {what}', 'turn on the light']);
    expect(matcher.match('tell mom I am leaving now').match?.args).toEqual({ what: 'i am leaving now' });
    expect(matcher.match('turn on the light now').match?.via).toBe('exact');
  });
});

describe('A phrase that begins with free text', () => {
  const others = ['turn (on|off) the light', 'set the light to {n} percent'];
  const alone = matcherOf(others);

  describe.each(['{what} in {n} (hour|hours)', '[a|the] {what} in {n} (hour|hours)', '[do] {what} in {n} hours'])(
    '%s',
    (phrase) => {
      const beside = matcherOf([...others, phrase]);

      it.each([
        'turn on the light',
        'turn on the lite',
        'turn on the',
        'set the light to',
        'set the light to 50 percent',
        'the radio is too loud',
        'what a lovely day it is',
        'set the lite to',
      ])('changes nothing for %j', (said) => {
        const [one, other] = [alone, beside].map((matcher) => matcher.match(said)) as [object, object];
        const plain = (result: object): object =>
          JSON.parse(JSON.stringify({ ...result, beginning: undefined })) as object;
        expect(plain(other)).toEqual(plain(one));
      });

      it('is incomplete once its own words follow', () => {
        expect(beside.match('feed the cat in')).toMatchObject({
          completeness: 'incomplete',
          beginning: { args: { what: 'feed the cat' } },
        });
      });
    },
  );
});

describe('A compound', () => {
  const heating = 'stelle die {room} Heizung auf {n} Grad';
  const rooms = { room: list(['Wohnzimmer', 'Bad']), n: number() };

  it.each([
    ['alone', []],
    ['beside a command that has it as one word', ['was macht die Wohnzimmerheizung', 'mach die Badheizung an']],
  ])('is understood as two words, %s', (_, others) => {
    const commands = [heating, ...others].map((phrase, i) => command(`c${i}`, [phrase], { slots: rooms }));
    const matcher = new Matcher(compileGrammar(commands, { language: 'de' }).grammar, defaultConfig.match);
    expect(matcher.match('stelle die Wohnzimmerheizung auf 20 Grad').match?.args).toEqual({
      room: 'Wohnzimmer',
      n: 20,
    });
    expect(matcher.match('stelle die Badheizung auf 20 Grad').match?.args).toEqual({ room: 'Bad', n: 20 });
  });
});

describe('Of two commands that accept the same words', () => {
  const names = list(['garage door', 'hall light', 'hall']);
  const close = command('close', ['close the {name}'], { slots: { name: names } });
  const shut = command('shut', ['close the {kind}'], { slots: { kind: list(['garage door', 'window']) } });

  it('neither runs, and that is told with both names', () => {
    const { grammar, problems } = compileGrammar([close, shut], { language: 'en' });
    expect(problems.map(({ message }) => message)).toEqual([
      '"close the garage door" is a phrase of shut and of close; neither would run. ' +
        'Change one of them, or give one a higher priority.',
    ]);
    expect(new Matcher(grammar, defaultConfig.match).match('close the garage door').match).toBeUndefined();
  });

  it('the one with the higher priority runs', () => {
    const { grammar, problems } = compileGrammar([close, { ...shut, priority: 1 }], { language: 'en' });
    expect(problems).toEqual([]);
    expect(new Matcher(grammar, defaultConfig.match).match('close the garage door').match?.command).toBe('shut');
  });

  it('the one whose slot has more of the words runs', () => {
    const area = command('area', ['turn on the {area} light'], { slots: { area: list(['hall']) } });
    const named = command('named', ['turn on the {name}'], { slots: { name: names } });
    const { grammar, problems } = compileGrammar([area, named], { language: 'en' });
    expect(problems).toEqual([]);
    expect(new Matcher(grammar, defaultConfig.match).match('turn on the hall light').match?.command).toBe('named');
  });
});
