import { expect, test, vi } from 'vitest';
import { list, several, type ListFunction } from '../../src/grammar/index.ts';
import { RunTimeLists } from '../../src/session/run-time-lists.ts';
import { SessionCommands } from '../../src/session/session-commands.ts';
import { defineCommand, Registry, type CommandDefinition } from '../../src/registry/index.ts';
import { SessionStage } from './stage.ts';

const ran: unknown[] = [];

function stageOf(compute: ListFunction<string>, more: Record<string, CommandDefinition> = {}): SessionStage {
  ran.length = 0;
  const songs = list(compute);
  const stage = new SessionStage({
    commands: {
      play: defineCommand({
        phrases: ['play {song}', 'queue {all}'],
        slots: { song: songs, all: several(songs) },
        followUps: [{ phrases: ['then {song}'] }],
        run: ({ args }) => {
          ran.push(args);
          return { undo: () => undefined };
        },
      }),
      ...more,
    },
  });
  stage.session.start();
  return stage;
}

const fromState: ListFunction<string> = ({ state }) => state.get<string[]>('songs') ?? [];
const refusals = (stage: SessionStage): number => stage.of('command.unmatched').length;

test('Values come from a function, when a session starts and when state that it reads is set', async () => {
  const stage = stageOf(fromState);
  await stage.session.say('play yesterday');
  stage.setState('songs', ['yesterday', 'let it be']);
  await stage.session.say('play yesterday');
  await stage.session.say('queue yesterday and let it be');
  stage.setState('songs', ['help']);
  await stage.session.say('play yesterday');
  await stage.session.say('play help');
  expect(ran).toEqual([{ song: 'yesterday' }, { all: ['yesterday', 'let it be'] }, { song: 'help' }]);
  expect(refusals(stage)).toBe(2);
  await stage.session.close();
});

test('Follow-ups and corrections take the values that count then', async () => {
  const stage = stageOf(fromState);
  stage.setState('songs', ['yesterday', 'let it be']);
  await stage.session.say('play yesterday');
  await stage.session.say('no, let it be');
  await stage.session.say('then yesterday');
  expect(ran).toEqual([{ song: 'yesterday' }, { song: 'let it be' }, { song: 'yesterday' }]);
  await stage.session.close();
});

test('Each session has its own, and state that was not read computes nothing', async () => {
  const compute = vi.fn<ListFunction<string>>(({ session }) => [session.id, session.language]);
  const stage = stageOf(compute);
  await stage.session.say('play s');
  const calls = compute.mock.calls.length;
  stage.setState('other', 1);
  await stage.session.say('play en');
  expect(compute).toHaveBeenCalledTimes(calls);
  expect(ran).toEqual([{ song: 's' }, { song: 'en' }]);
  await stage.session.close();
});

test('A context that becomes active computes them again', async () => {
  const stage = stageOf(({ contexts }) => (contexts.active.includes('party') ? ['loud song'] : ['quiet song']), {
    party: defineCommand({ phrases: ['party'], contexts: ['party'], run: () => undefined }),
  });
  await stage.session.say('play quiet song');
  stage.session.setContexts(['party']);
  await stage.session.say('play quiet song');
  await stage.session.say('play loud song');
  expect(ran).toEqual([{ song: 'quiet song' }, { song: 'loud song' }]);
  await stage.session.close();
});

test('A value may be data, said in its own words', async () => {
  const stage = stageOf((() => [{ value: { id: 7 }, say: ['[the] den'] }]) as unknown as ListFunction<string>);
  await stage.session.say('play the den');
  expect(ran).toEqual([{ song: { id: 7 } }]);
  await stage.session.close();
});

test.each<[string, () => unknown, string]>([
  ['throws', () => Promise.reject(new Error('The service is down.')), 'The service is down.'],
  ['returns no array', () => 'a', 'an array of values was expected'],
  ['returns a wrong value', () => ['a', null], '[1] a text, a number, a boolean, or { value, say } was expected'],
  ['returns too many', () => Array.from({ length: 501 }, (_, i) => `v${i}`), 'at most 500 values were expected'],
  ['returns too much', () => ['x'.repeat(25_001)], 'at most 25000 letters were expected'],
])('A function that %s is told once, and leaves the list without values', async (_, wrong, reason) => {
  let isFine = true;
  const stage = stageOf((({ state }) => {
    state.get('songs');
    return isFine ? ['help'] : wrong();
  }) as ListFunction<string>);
  await stage.session.say('play help');
  isFine = false;
  stage.setState('songs', 1);
  await stage.session.say('play help');
  stage.setState('songs', 2);
  await stage.session.say('play');
  // The slot and the one made of it are told, each once.
  expect(stage.logged).toEqual([
    `The values of {song} in play could not be computed, so it has none: ${reason}`,
    `The values of {all} in play could not be computed, so it has none: ${reason}`,
  ]);
  expect(ran).toEqual([{ song: 'help' }]);
  // Nobody could answer.
  expect(stage.of('prompt')).toEqual([]);
  await stage.session.close();
});

test('A function that does not answer in time leaves the list without values, and is asked again', async () => {
  let calls = 0;
  const compute = (): Promise<string[]> => (++calls === 1 ? new Promise(() => undefined) : Promise.resolve(['help']));
  const logged: string[] = [];
  const changed = new Promise<void>((resolve) => {
    const slots = { song: list(compute) };
    const command = { name: 'play', slots } as never;
    const lists = new RunTimeLists(
      {
        session: { id: 's', language: 'en' },
        contexts: { active: [] },
        state: { get: () => undefined, watch: () => () => undefined },
        log: (line) => logged.push(line),
        timeoutMs: 1,
        retryMs: 1,
      },
      () => Promise.resolve(resolve()),
    );
    lists.use([command]);
  });
  await changed;
  expect(logged).toEqual([
    'The values of {song} in play could not be computed, so it has none: it took longer than 0.001 s',
  ]);
  expect(calls).toBe(2);
});

test('Sessions with the same values share their commands, and so what is compiled of them', async () => {
  const registry = new Registry({ language: 'en' });
  registry.add('play', {
    phrases: ['play {song}'],
    slots: { song: list(({ session }) => [session.language]) },
    run: () => undefined,
  });
  const [one, two, other] = ['en', 'en', 'de'].map((language) => {
    const state = { get: () => undefined, watch: () => () => undefined };
    const session = { id: 's', language };
    const sources = { session, contexts: { active: [] }, state, log: () => undefined };
    return new SessionCommands(registry, sources, () => Promise.resolve());
  }) as [SessionCommands, SessionCommands, SessionCommands];
  for (const each of [one, two, other]) await each.settled();
  expect(one.key).toBe(two.key);
  expect(one.commands[0]).toBe(two.commands[0]);
  expect(other.key).not.toBe(one.key);
});

test('Until new values are compiled, the old ones count; those of many lists are compiled together', async () => {
  const registry = new Registry({ language: 'en' });
  const state = new Map<string, string[]>([['songs', ['yesterday']]]);
  const songs = list<string>(({ state: now }) => now.get<string[]>('songs') ?? []);
  for (const verb of ['play', 'queue'])
    registry.add(verb, { phrases: [`${verb} {song}`], slots: { song: songs }, run: () => undefined });
  let listener: (topic: string) => void = () => undefined;
  const sources = {
    session: { id: 's', language: 'en' },
    contexts: { active: [] },
    state: {
      get: (topic: string) => state.get(topic),
      watch: (on: (topic: string) => void) => {
        listener = on;
        return () => undefined;
      },
    },
    log: () => undefined,
  };
  const compiling: (() => void)[] = [];
  const own = new SessionCommands(registry, sources, () => new Promise((resolve) => compiling.push(resolve)));
  const valuesOf = (name: string): unknown => own.get(name)?.slots['song']?.values?.();
  expect(own.isComputing).toBe(true);
  await vi.waitFor(() => expect(compiling).toHaveLength(1));
  compiling[0]!();
  await own.settled();
  state.set('songs', ['help']);
  listener('songs');
  await vi.waitFor(() => expect(compiling).toHaveLength(2));
  expect([valuesOf('play'), valuesOf('queue'), own.isComputing]).toEqual([['yesterday'], ['yesterday'], true]);
  // What changes meanwhile is compiled too before it counts.
  state.set('songs', ['let it be']);
  listener('songs');
  compiling[1]!();
  await vi.waitFor(() => expect(compiling).toHaveLength(3));
  expect(valuesOf('play')).toEqual(['help']);
  compiling[2]!();
  await own.settled();
  expect([valuesOf('play'), valuesOf('queue')]).toEqual([['let it be'], ['let it be']]);
  expect(compiling).toHaveLength(3);
});
