import { expect, expectTypeOf, test } from 'vitest';
import { duration, list, number, percent, text } from '../../src/grammar/index.ts';
import type { CommandDefinition } from '../../src/registry/index.ts';
import { defineCommand } from '../../src/registry/index.ts';
import type { SureSlots, UsedSlots } from '../../src/registry/template-slots.ts';

const rooms = list(['kitchen', 'bedroom']);
const run = (): undefined => undefined;

test('The definition itself comes back', () => {
  const definition = { phrases: ['go'], run };
  expect(defineCommand(definition)).toBe(definition);
});

test('A template names its slots in any bracket, and through rules', () => {
  expectTypeOf<UsedSlots<'set [the] {room} lights to {level}'>>().toEqualTypeOf<'room' | 'level'>();
  expectTypeOf<UsedSlots<'(a|b [{ x }]) <more>', { more: 'and {y} <most>'; most: '({z};c)' }>>().toEqualTypeOf<
    'x' | 'y' | 'z'
  >();
  expectTypeOf<UsedSlots<'plain words'>>().toEqualTypeOf<never>();
});

test('A template is known to fill the slots that no bracket makes optional', () => {
  expectTypeOf<SureSlots<'set {room} [to {level}]'>>().toEqualTypeOf<'room'>();
  expectTypeOf<SureSlots<'({a} {b}|{b} [x] {c}) {d}'>>().toEqualTypeOf<'b' | 'd'>();
  expectTypeOf<SureSlots<'({a};{b};c)'>>().toEqualTypeOf<'a' | 'b'>();
  expectTypeOf<SureSlots<'go {a}|stay {a} ({b}|{c})'>>().toEqualTypeOf<'a'>();
  expectTypeOf<SureSlots<'[({a}|{b}) {c}] <where>', { where: 'in {room}' }>>().toEqualTypeOf<'room'>();
  expectTypeOf<SureSlots<string>>().toEqualTypeOf<never>();
});

test('Arguments have the types of their slots', () => {
  defineCommand({
    phrases: ['do {room} {level} {count} {time} {what} {on}'],
    slots: {
      room: rooms,
      level: percent(),
      count: number(),
      time: duration(),
      what: text(),
      on: list([
        { value: true, say: ['on'] },
        { value: false, say: ['off'] },
      ]),
    },
    run({ args }) {
      expectTypeOf(args).toEqualTypeOf<{
        readonly room: 'kitchen' | 'bedroom';
        readonly level: number;
        readonly count: number;
        readonly time: number;
        readonly what: string;
        readonly on: boolean;
      }>();
    },
  });
});

test('An argument that some phrase leaves out may be undefined', () => {
  defineCommand({
    phrases: { en: ['dim [the] {room} lights [to {level}]', 'dim {room}'], de: ['{room} dunkler'] },
    slots: { room: rooms, level: percent() },
    run({ args }) {
      expectTypeOf(args.room).toEqualTypeOf<'kitchen' | 'bedroom'>();
      expectTypeOf(args.level).toEqualTypeOf<number | undefined>();
    },
  });
  const built: string[] = ['go to {room}'];
  defineCommand({
    phrases: built,
    slots: { room: rooms },
    run({ args }) {
      expectTypeOf(args.room).toEqualTypeOf<'kitchen' | 'bedroom' | undefined>();
    },
  });
  defineCommand({
    phrases: ['<where>'],
    rules: { where: 'go to {room}' },
    slots: { room: rooms },
    run({ args }) {
      expectTypeOf(args.room).toEqualTypeOf<'kitchen' | 'bedroom'>();
    },
  });
});

test('A slot that is missing does not compile', () => {
  // @ts-expect-error {level} is missing
  defineCommand({ phrases: ['set {room} to {level}'], slots: { room: rooms }, run });
  // @ts-expect-error {room} is missing, there are no slots
  defineCommand({ phrases: ['go to {room}'], run });
  // @ts-expect-error {room} is missing in one language
  defineCommand({ phrases: { en: ['go'], de: ['geh in {room}'] }, run });
  // @ts-expect-error {room} is missing behind a rule
  defineCommand({ phrases: ['go <there>'], rules: { there: 'to {room}' }, run });
});

test('Examples and questions know the arguments', () => {
  const toGarage = { say: 'go to garage', args: { room: 'garage' } } as const;
  // @ts-expect-error garage is no room
  defineCommand({ phrases: ['go to {room}'], slots: { room: rooms }, examples: [toGarage], run });
  // @ts-expect-error no risk of that name
  defineCommand({ phrases: ['go'], risk: 'huge', run });
  // @ts-expect-error a result says text
  defineCommand({ phrases: ['go'], run: () => ({ say: 5 }) });
  defineCommand({ phrases: ['go to {room}'], slots: { room: rooms }, confirm: ({ room }) => `To the ${room}?`, run });
});

test('A question with a slot is answered by its value', () => {
  defineCommand({
    phrases: ['go'],
    async run({ ask, confirm }) {
      expectTypeOf(await ask('Where?')).toEqualTypeOf<string>();
      expectTypeOf(await ask('Where?', { slot: rooms })).toEqualTypeOf<'kitchen' | 'bedroom'>();
      expectTypeOf(await confirm('Really?')).toEqualTypeOf<boolean>();
    },
  });
});

test('Every definition is a CommandDefinition, whatever its arguments', () => {
  const typed = defineCommand({ phrases: ['go to {room}'], slots: { room: rooms }, confirm: ({ room }) => room, run });
  expectTypeOf(typed).toExtend<CommandDefinition>();
  const all: Record<string, CommandDefinition> = { typed };
  expect(Object.keys(all)).toEqual(['typed']);
});

test('A phrase may give arguments of its own', () => {
  defineCommand({
    phrases: ['dim {room} to {level}', { say: 'make {room} bright', args: { level: 100 } }],
    slots: { room: rooms, level: percent() },
    run({ args }) {
      expectTypeOf(args).toEqualTypeOf<{ readonly room: 'kitchen' | 'bedroom'; readonly level: number }>();
    },
  });
  defineCommand({
    phrases: {
      en: [{ say: 'cook', args: { room: 'kitchen' } }, 'sleep'],
      de: [{ say: 'koch', args: { room: 'kitchen' } }],
    },
    slots: { room: rooms },
    run({ args }) {
      expectTypeOf(args.room).toEqualTypeOf<'kitchen' | 'bedroom' | undefined>();
    },
  });
  defineCommand({
    // @ts-expect-error A value of another slot.
    phrases: [{ say: 'make {room} bright', args: { level: 'high' } }],
    slots: { room: rooms, level: percent() },
    run,
  });
  // @ts-expect-error No such slot.
  defineCommand({ phrases: [{ say: 'make {room} bright', args: { level: 1 } }], slots: { room: rooms }, run });
});

test('A slot that a context fills always has a value', () => {
  defineCommand({
    phrases: ['light in the {room}', { say: 'light', fill: ['room'] }],
    slots: { room: rooms },
    run({ args }) {
      expectTypeOf(args.room).toEqualTypeOf<'kitchen' | 'bedroom'>();
    },
  });
  // @ts-expect-error No such slot.
  defineCommand({ phrases: ['go {room}', { say: 'light', fill: ['floor'] }], slots: { room: rooms }, run });
});
