import { describe, expect, test } from 'vitest';
import { duration, list, number, text, type GrammarCommand } from '../../src/grammar/index.ts';
import { lintCommands } from '../../src/lint/lint.ts';
import { compileLanguages } from '../../src/registry/check-command.ts';
import { command } from '../grammar/commands.ts';

const waitMs = { closed: 96, normal: 512 };
const adviceOn = (...commands: GrammarCommand[]): string[] =>
  lintCommands(compileLanguages(commands, 'en'), waitMs).map(
    ({ rule, command: name, message }) => `${rule} ${name}: ${message}`,
  );

describe('A command that is the beginning of another one', () => {
  const on = command('on', ['turn on the light']);

  test('is told, with what it costs', () => {
    const later = command('later', ['turn on the light in {delay}'], { slots: { delay: duration() } });
    expect(adviceOn(on, later)).toEqual([
      'waits on: "turn on the light" is the beginning of "turn on the light in {delay}" (later), so after it heed ' +
        'waits 512 ms for more instead of 96 ms.',
    ]);
  });

  test('is told once for each pair of commands', () => {
    const many = command('many', ['turn on the light (now please|in the hall|in {room})'], {
      slots: { room: list(['kitchen', 'cellar']) },
    });
    expect(adviceOn(on, many)).toHaveLength(1);
  });

  test('is not told within one command, beside commands of other contexts, or because of a polite word', () => {
    expect(adviceOn(command('on', ['turn on the light [in {delay}]'], { slots: { delay: duration() } }))).toEqual([]);
    const here = command('here', ['go on'], { contexts: ['music'] });
    const there = command('there', ['go on with the story'], { contexts: ['tale'] });
    expect(adviceOn(here, there)).toEqual([]);
    expect(adviceOn(on)).toEqual([]);
  });
});

describe('Free text', () => {
  test('that takes the words of another command is told', () => {
    const play = command('play', ['play {what}'], { slots: { what: text() } });
    const radio = command('radio', ['play the radio']);
    expect(adviceOn(play, radio)).toEqual([
      'swallowed play: "play {what}" takes what was meant as "play the radio" (radio) as soon as one word of that is ' +
        'misheard.',
    ]);
  });

  test('is fine where no other command begins like it', () => {
    const note = command('note', ['note that {what}'], { slots: { what: text() } });
    const radio = command('radio', ['play the radio']);
    expect(adviceOn(note, radio)).toEqual([]);
  });

  test('at the beginning of a phrase is told once', () => {
    const slots = { what: text(), hours: number() };
    const later = command('later', ['{what} in {hours} hours'], { slots });
    expect(adviceOn(later, command('radio', ['play the radio']))).toEqual([
      'begins-freely later: "{what} in {hours} hours" begins with free text, so any sentence that ends like this ' +
        'runs the command.',
    ]);
  });
});

test('A phrase that the recogniser invents in silence is told', () => {
  expect(adviceOn(command('thanks', ['(thank you|thanks a lot)']), command('done', ['that is all']))).toEqual([
    'invented thanks: "thank you" is what the recogniser writes when nobody speaks, so noise may run the command.',
  ]);
});

test('Values that sound alike are told with the command of the later one', () => {
  const make = command('make', ['make {drink}'], { slots: { drink: list(['americano', 'latte', 'americana']) } });
  expect(adviceOn(make)).toEqual([
    'sounds-alike make: "americano" and "americana" (drink) sound alike: heed will ask the speaker, or take the ' +
      'likelier one.',
  ]);
});

test('Every language is looked at, and the same advice comes once', () => {
  const phrases = { en: ['thank you'], de: ['Vielen Dank fürs Zuschauen'] };
  const thanks: GrammarCommand = { ...command('thanks', []), phrases };
  expect(adviceOn(thanks)).toEqual([
    expect.stringContaining('"thank you"'),
    expect.stringContaining('"vielen dank fürs zuschauen"'),
  ]);
});

describe('What nobody can say as it is written', () => {
  const values = (...said: string[]): string[] =>
    adviceOn(command('open', ['open {what}'], { slots: { what: list(said) } }));

  test('is told of values', () => {
    expect(values('x4b7z', 'bcdfg', '123456789', 'the hall')).toEqual([
      expect.stringMatching(/^unspeakable open: Slot \{what\}: "x4b7z" mixes letters and digits/),
      expect.stringMatching(/"bcdfg" has no vowel/),
      expect.stringMatching(/"123456789" is a long row of digits/),
    ]);
  });

  test('is not told of what people do say', () => {
    expect(values('TV', 'HTML', 'channel 4', 'mp3', 'bus 100', 'strč prst', "l'entrée", '客厅')).toEqual([]);
  });

  test('is told of the words of phrases', () => {
    expect(adviceOn(command('open', ['open config.json', 'show {what}'], { slots: { what: list(['this']) } }))).toEqual(
      [expect.stringMatching(/^unspeakable open: "config\.json" in "open config\.json" has a sign inside a word/)],
    );
  });
});
