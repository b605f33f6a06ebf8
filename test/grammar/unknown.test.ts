import { describe, expect, it } from 'vitest';
import { compileGrammar, duration, findUnknown, list, percent, type GrammarCommand } from '../../src/grammar/index.ts';

const room = list(['kitchen', 'living room', 'bedroom']);
const commands: GrammarCommand[] = [
  { name: 'scene', phrases: ['turn on [the] {scene} lights'], slots: { scene: list(['work', 'dinner']) } },
  {
    name: 'lights',
    phrases: ['turn {on} [the] {room} lights', 'turn {on} [the] lights'],
    slots: { on: list(['on', 'off']), room },
  },
  {
    name: 'colour',
    phrases: ['(make|set) [the] {room} lights [to] {colour}'],
    slots: { room, colour: list(['red', 'green', 'blue']) },
  },
  { name: 'brightness', phrases: ['set [the] {room} lights to {level}'], slots: { room, level: percent() } },
  { name: 'timer', phrases: ['set a timer for {time}'], slots: { time: duration() } },
];
const { grammar } = compileGrammar(commands, { language: 'en' });

describe('Words that no command explains', () => {
  it.each([
    ['make the bedroom lights brown', 'slot', 'colour', 'brown', 'colour'],
    ['turn on the bathroom lights', 'slot', 'room', 'bathroom', 'lights'],
    [
      'set the kitchen lights to one hundred and fifty percent',
      'slot',
      'level',
      'one hundred and fifty percent',
      'brightness',
    ],
    ['set the kitchen lights to gold', 'slot', 'colour', 'gold', 'colour'],
    ['turn on the kitchen lights in ten minutes', 'after', undefined, 'in ten minutes', 'lights'],
    ["don't turn on the lights", 'before', undefined, "don't", 'lights'],
    ['turn on the fancy lights', 'slot', 'room', 'fancy', 'lights'],
    ['set a new timer for five minutes', 'inside', undefined, 'new', 'timer'],
  ])('are found in "%s"', (text, where, slot, words, command) => {
    const found = findUnknown(grammar, grammar.tokenize(text));
    expect({
      where: found?.where,
      slot: found?.slot,
      words: found?.words.join(' '),
      command: found?.command.name,
    }).toEqual({ where, slot, words, command });
  });

  it.each(['what a lovely morning', 'the bathroom', ''])('are not found in "%s"', (text) => {
    expect(findUnknown(grammar, grammar.tokenize(text))).toBeUndefined();
  });
});
