import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import {
  compileGrammar,
  dueOf,
  duration,
  list,
  number,
  percent,
  text,
  time,
  type GrammarCommand,
} from '../../src/grammar/index.ts';
import { Matcher, understandText, understandTranscript, type MatchResult } from '../../src/match/index.ts';
import { acceptsWords } from '../grammar/reference-walker.ts';
import { transcript } from './transcript.ts';

const room = list(['kitchen', 'bedroom']);
const command = (name: string, phrases: string[], slots: GrammarCommand['slots'] = {}): GrammarCommand => ({
  name,
  phrases,
  slots,
  delayable: true,
});
const later: GrammarCommand[] = [
  command('lights', ['turn {on} [the] [{room}] (light|lights)', 'turn [the] [{room}] (light|lights) {on}'], {
    room,
    on: list(['on', 'off']),
  }),
  command('volume', ['set [the] volume to {n}'], { n: number({ max: 100 }) }),
  command('blinds', ['open the blinds [at {level}]'], { level: percent() }),
  command('timer', ['set [a] timer for {d}'], { d: duration() }),
  command('wake', ['wake me [up] [at {t}]'], { t: time() }),
  command('remind', ['remind me in {d} to {what}', 'remind me to {what}'], { d: duration(), what: text() }),
  command('radio', ['play the radio']),
];
const now: GrammarCommand[] = [
  { name: 'gate', phrases: ['open the gate', 'close the gate'], slots: {} },
  { name: 'play', phrases: ['play {title}'], slots: { title: text() } },
];
const english = compileGrammar([...later, ...now], { language: 'en', chain: true });
const matcher = new Matcher(english.grammar, defaultConfig.match);

/** The command, its arguments, and when it is to run if that is 17:30 on a Sunday. */
function meaning({ match }: MatchResult): string {
  if (!match) return 'nothing';
  const { delay, args } = match;
  const due = delay && new Date(dueOf(delay.moment, new Date('2026-11-29T17:30:00'))!.dueMs);
  const when = due === undefined ? 'now' : `${due.getDate() === 29 ? '' : `${due.getDate()}. `}${clock(due)}`;
  return [match.command, ...Object.values(args), when].map(String).join(' ');
}
const clock = (due: Date): string => due.toTimeString().slice(0, due.getSeconds() === 0 ? 5 : 8);

describe('A delay', () => {
  it.each([
    ['Turn off the kitchen lights in ten minutes.', 'lights off kitchen 17:40'],
    ['turn the lights off in an hour and a half', 'lights off 19:00'],
    ['turn off the lights in 90 seconds', 'lights off 17:31:30'],
    ['in half an hour turn off the lights', 'lights off 18:00'],
    ['In ten minutes, could you please turn off the lights?', 'lights off 17:40'],
    ['please turn off the lights at six please', 'lights off 18:00'],
    ['turn off the lights please in an hour', 'lights off 18:30'],
    ['at half past six turn on the bedroom light', 'lights on bedroom 18:30'],
    ['turn on the bedroom light half past six', 'lights on bedroom 18:30'],
    ['turn on the lights at 18:40', 'lights on 18:40'],
    ['turn on the lights tomorrow at nine', 'lights on 30. 09:00'],
    ['turn on the lights tomorrow morning at quarter to seven', 'lights on 30. 06:45'],
    ['tonight at nine turn on the lights', 'lights on 21:00'],
    ['turn on the lights on Monday at noon', 'lights on 30. 12:00'],
    ['um turn off the um lights in um ten minutes', 'lights off 17:40'],
    ['set the volume to five at six', 'volume 5 18:00'],
    ['set the volume to fifty five in ten minutes', 'volume 55 17:40'],
    ['open the blinds at fifty percent at eight', 'blinds 50 20:00'],
    ['turn off the lights in ten minutes and play the radio in an hour', 'lights off 17:40'],
  ])('“%s” means %s', (said, meant) => {
    expect(meaning(understandText(matcher, said))).toBe(meant);
  });

  it.each([
    ['for how long', 'turn on the light for ten minutes', 'for ten minutes'],
    ['until when', 'turn on the light until six', 'until six'],
    ['from when', 'turn on the light from six', 'from six'],
    ['how often', 'turn on the light every day at six', 'every day'],
    ['a day alone', 'turn on the light tomorrow', 'tomorrow'],
    ['the contrary', "don't turn off the light in ten minutes", 'don’t'],
    ['the contrary behind it', 'in ten minutes do not turn off the light', 'do not'],
    ['what somebody does', 'in ten minutes I turn off the light', 'i'],
    ['what somebody does now', 'I turn off the light in ten minutes', 'i'],
    ['a condition', 'turn off the light in ten minutes if it rains', 'if it rains'],
    ['a choice', 'turn off the light in ten minutes or an hour', 'or an hour'],
    ['the past', 'turn off the light in ten minutes ago', 'ago'],
    ['two times', 'in ten minutes turn off the light at six', 'at six'],
    ['a time inside', 'set volume in ten minutes to five', 'in ten minutes'],
    ['a number that may go on', 'set the volume to twenty five to six', 'to six'],
    ['a command that is not for later', 'open the gate in ten minutes', 'in ten minutes'],
    ['the same at its beginning', 'in ten minutes open the gate', 'in ten minutes'],
    ['the same, nearly', 'opne the gate in ten minutes', 'in ten minutes'],
    ['a word misheard in it', 'turn off the kitchen lights in ten minuts', 'in ten minuts'],
  ])('is not %s: “%s”', (_, said, words) => {
    const { match, reason } = understandText(matcher, said);
    expect([match, reason]).toEqual([undefined, expect.stringContaining(`with “${words}”`.replace('’', "'"))]);
  });

  it('is no number alone', () => {
    expect(meaning(understandText(matcher, 'turn on the light six'))).toBe('nothing');
  });

  it.each([
    'turn off the light in',
    'turn off the light in ten',
    'turn off the light at',
    'turn off the light on Monday',
  ])('that breaks off runs nothing, and heed waits for the rest: “%s”', (said) => {
    expect(understandText(matcher, said)).toMatchObject({ completeness: 'incomplete' });
    expect(understandText(matcher, said).match).toBeUndefined();
  });

  it.each([
    ['turn off the kitchn lights in ten minutes', 'lights off kitchen 17:40'],
    ['at noon trun off the kitchen lights', 'lights off kitchen 30. 12:00'],
  ])('is heard exactly beside words that are only near: “%s”', (said, meant) => {
    const result = understandText(matcher, said);
    expect(result.match?.via).toBe('near');
    expect(meaning(result)).toBe(meant);
  });

  it('is told apart from the phrase, as it was said', () => {
    const { match, slots } = understandText(matcher, 'In TEN minutes, turn off the Kitchen lights.');
    expect(match!.delay).toEqual({
      moment: '{"wait":600}',
      words: 'In TEN minutes',
      phrase: 'turn off the Kitchen lights',
    });
    expect(slots!.map(({ words }) => words)).toEqual(['In TEN minutes', 'off', 'Kitchen']);
  });

  it('belongs to one command of several only if each has its own', () => {
    for (const said of [
      'turn off the lights and play the radio in an hour',
      'in an hour turn off the lights and play the radio',
    ])
      expect(understandText(matcher, said)).toMatchObject({
        reason: expect.stringMatching(/not clear|Nothing was done/) as string,
      });
    const { match, also } = understandText(matcher, 'turn off the lights in an hour and play the radio in two hours');
    expect([match!.delay!.moment, also![0]!.delay!.moment]).toEqual(['{"wait":3600}', '{"wait":7200}']);
  });
});

describe('A spoken delay', () => {
  it.each([
    'turn off the kitchen lights in ten minutes',
    'turn off the kitchen lights in 10 minutes',
    'in ten minutes please turn off the kitchen lights',
    'please turn off the kitchen lights tomorrow at nine please',
    'turn off the kitchen lights half past six',
  ])('can be read by the decoder: “%s”', (said) => {
    expect(acceptsWords(english.grammar.graph, said.split(' '))).toBe(true);
    expect(
      acceptsWords(english.grammar.graph, said.replace('turn off the kitchen lights', 'open the gate').split(' ')),
    ).toBe(false);
  });

  it('is heard with the command', () => {
    const result = understandTranscript(
      matcher,
      transcript(
        ['Turn of the chicken lights in ten minutes', -1],
        [['Turn off the kitchen lights in ten minutes', -1.3]],
      ),
    );
    expect(result.match?.via).toBe('grammar');
    expect(meaning(result)).toBe('lights off kitchen 17:40');
  });

  it('is asked about if another one fits the sound as well', () => {
    const result = understandTranscript(
      matcher,
      transcript(
        ['Turn of the chicken lights in ten minutes', -1],
        [
          ['Turn off the kitchen lights in ten minutes', -1.3],
          ['Turn off the kitchen lights in two minutes', -1.3],
        ],
      ),
    );
    expect(result.match).toBeUndefined();
    expect(result.choices?.map(({ delay }) => delay?.moment)).toEqual(['{"wait":600}', '{"wait":120}']);
  });

  it.each([
    ['another number', 'turn off the lights in twelve or so minutes', 'turn off the lights in ten minutes', 3],
    ['a delay that was left out', 'turn off the lights in ten minits', 'turn off the lights', 3],
    ['somebody who does it', 'in ten minutes he turns off the lights', 'in ten minutes turn off the lights', 1],
    ['a denial', 'in ten minutes do not turn off the lights', 'in ten minutes turn off the lights', 1],
    [
      'more than the command has',
      'turn off the lights and the music in ten minutes',
      'turn off the lights in ten minutes',
      1,
    ],
    ['an exception', 'turn off the lights except the kitchen in ten minutes', 'turn off the lights in ten minutes', 1],
    ['how long', 'turn off the lights for ten minutes', 'turn off the lights in ten minutes', 2],
  ])('is not made of %s: “%s”', (_, free, held, lead) => {
    const result = understandTranscript(matcher, transcript([free, -0.1], [[held, -0.8, lead]]));
    expect([result.match, result.suggestion]).toEqual([undefined, undefined]);
  });
});

describe('Words that a command has a slot for', () => {
  it.each([
    ['set a timer for ten minutes', 'timer 600 now'],
    ['set a timer for ten minutes in an hour', 'timer 600 18:30'],
    ['wake me at six', 'wake 06:00 now'],
    ['remind me in ten minutes to call mum', 'remind 600 call mum now'],
    ['remind me to call mum in ten minutes', 'remind call mum in ten minutes now'],
    ['in ten minutes remind me to call mum', 'remind call mum 17:40'],
    ['play hello in ten minutes', 'play hello in ten minutes now'],
    ['play the radio in ten minutes', 'radio 17:40'],
    ['open the blinds at eight percent', 'blinds 8 now'],
  ])('stay its own: “%s” means %s', (said, meant) => {
    expect(meaning(understandText(matcher, said))).toBe(meant);
  });

  it('are refused where they may be a value as well as a time', () => {
    expect(understandText(matcher, 'open the blinds at eight')).toMatchObject({
      reason: '“at eight” may be a value or a time; please say it in another way.',
    });
  });

  it('are told when the commands are loaded', () => {
    expect(english.problems.map(({ command: name, message }) => `${name}: ${message}`)).toEqual([
      'timer: It is delayable, and slot {d} takes words such as “in ten minutes” or “at six” too; ' +
        'where both are possible, they are the value of the slot.',
      'wake: It is delayable, and slot {t} takes words such as “in ten minutes” or “at six” too; ' +
        'where both are possible, they are the value of the slot.',
      ...['remind me in {d} to {what}', 'remind me to {what}'].map(
        (phrase) =>
          `remind: The phrase "${phrase}" ends with free text, so “in ten minutes” after it is a part of the text; ` +
          'it can be said before the phrase.',
      ),
      'remind: It is delayable, and slot {d} takes words such as “in ten minutes” or “at six” too; ' +
        'where both are possible, they are the value of the slot.',
    ]);
  });
});

describe('In every language that has words for it', () => {
  it.each([
    ['de', 'licht aus', 'Licht aus in zehn Minuten', '17:40'],
    ['de', 'licht aus', 'In einer halben Stunde Licht aus', '18:00'],
    ['de', 'licht aus', 'Licht aus um halb sieben', '18:30'],
    ['de', 'licht aus', 'morgen früh um sechs Licht aus', '30. 06:00'],
    ['de', 'licht aus', 'heute Abend um acht bitte Licht aus', '20:00'],
    ['fr', 'éteins la lumière', 'éteins la lumière dans dix minutes', '17:40'],
    ['fr', 'éteins la lumière', 'éteins la lumière à six heures et demie', '18:30'],
    ['fr', 'éteins la lumière', 'demain à neuf heures éteins la lumière', '30. 09:00'],
    ['fr', 'éteins la lumière', 'Éteins la lumière a 18h40', '18:40'],
    ['es', 'apaga la luz', 'apaga la luz en diez minutos', '17:40'],
    ['es', 'apaga la luz', 'a las seis y media apaga la luz', '18:30'],
    ['es', 'apaga la luz', 'apaga la luz mañana a las nueve', '30. 09:00'],
    ['de', 'licht an', 'Licht an für zehn Minuten', undefined],
    ['de', 'licht an', 'Licht an bis sechs', undefined],
    ['de', 'licht an', 'Licht an ab sechs', undefined],
    ['de', 'licht an', 'in zehn Minuten nicht Licht an', undefined],
    ['fr', 'allume la lumière', 'allume la lumière pour six heures', undefined],
    ['fr', 'allume la lumière', 'allume la lumière six heures', undefined],
    ['fr', 'allume la lumière', "n'allume pas la lumière dans dix minutes", undefined],
    ['es', 'enciende la luz', 'enciende la luz durante diez minutos', undefined],
    ['es', 'enciende la luz', 'enciende la luz hasta las seis', undefined],
  ])('%s: “%s” in “%s” is for %s', (language, phrase, said, when) => {
    const { grammar } = compileGrammar([command('light', [phrase])], { language });
    const result = understandText(new Matcher(grammar, defaultConfig.match), said);
    expect(meaning(result)).toBe(when === undefined ? 'nothing' : `light ${when}`);
  });

  it('an author learns that a language has none', () => {
    const { problems } = compileGrammar([command('light', ['sluk lyset'])], { language: 'da' });
    expect(problems.map(({ message }) => message)).toEqual([
      'It is delayable, and heed knows no words for that in the language "da".',
    ]);
  });
});

describe('A command that may have been meant for later', () => {
  it('does not run now where the free reading has a delay, however well the rest fits', () => {
    const result = understandTranscript(
      matcher,
      transcript(
        ['Turn of the chicken lights at seven', -1],
        [
          ['Turn off the kitchen lights', -0.3, 0],
          ['Turn off the kitchen lights at seven', -0.9],
        ],
      ),
    );
    expect(meaning(result)).toBe('lights off kitchen 19:00');
  });

  it('is asked about where a delay is likely', () => {
    const result = understandTranscript(
      matcher,
      transcript(
        ['Turn of the chicken lights at the end', -1],
        [
          ['Turn off the kitchen lights', -0.7, 0],
          ['Turn off the kitchen lights at seven', -0.9, 0],
        ],
      ),
    );
    expect(result.match).toBeUndefined();
    expect(result.choices?.map(({ delay }) => delay?.words)).toEqual([undefined, 'at seven']);
  });

  it('runs now where it was read freely, as it is', () => {
    const result = understandTranscript(
      matcher,
      transcript(
        ['Turn off the kitchen lights', -0.2],
        [
          ['Turn off the kitchen lights', -0.2],
          ['Turn off the kitchen lights at one', -0.4],
        ],
      ),
    );
    expect(meaning(result)).toBe('lights off kitchen now');
  });
});
