import { duration, list, number, percent, text, type GrammarCommand } from '../../src/grammar/index.ts';

/** A command with defaults, for tests. */
export function command(
  name: string,
  phrases: GrammarCommand['phrases'],
  more: Partial<GrammarCommand> = {},
): GrammarCommand {
  return { name, phrases, slots: {}, ...more };
}

/** A small house with every kind of slot. */
export const house: GrammarCommand[] = [
  command('brightness', ['(set|dim|turn) [the] {room} lights to {level}', '{room} lights {level}'], {
    slots: { room: list(['kitchen', 'living room', 'bedroom']), level: percent() },
    not: ['the kitchen lights are nice', 'set the kitchen nights to fifty'],
  }),
  command('lights', ['turn [the] lights (on|off)', 'turn (on|off) [the] lights [in [the] {room}]'], {
    slots: { room: list(['kitchen', 'living room', 'bedroom']) },
  }),
  command('timer', ['(set|start|create) [a] timer for {time}'], { slots: { time: duration() } }),
  command('remind', ['remind me to {what}'], { slots: { what: text() } }),
  command('clock', ['(what is|tell me) the time']),
  command('channel', ['[go to] channel {n}'], { slots: { n: number({ min: 1, max: 999 }) } }),
  command(
    'coffee',
    [
      "(brew|can I get|I'd like|make me) (a|an) ([{size}];[{roast}];[{shots}]) {drink} " +
        '[with ({milk} [and {sugar}]|{sugar} [and {milk}])]',
    ],
    {
      slots: {
        size: list(['small', 'large', 'eight ounce', 'twelve ounce']),
        roast: list(['light roast', 'dark roast']),
        shots: list(['single shot', 'double shot']),
        drink: list(['coffee', 'iced coffee', 'latte', 'mocha', 'iced mocha']),
        milk: list(['milk', 'a lot of milk', 'cream']),
        sugar: list(['sugar', 'brown sugar']),
      },
    },
  ),
];
