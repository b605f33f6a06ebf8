import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCommands } from '../../bench/lib/recogniser.ts';
import { useOf } from '../../bench/resemble/_fitted.ts';
import { readDump, writeDump } from '../../bench/resemble/dump.ts';
import { readExpected } from '../../bench/resemble/expected.ts';
import { judge, type Verdict } from '../../bench/resemble/judge.ts';
import { fill } from '../../bench/resemble/judging.ts';
import { choose } from '../../bench/resemble/real-trials.ts';
import { spread } from '../../bench/lib/manifest.ts';
import { languageOfRegistry, readSentences, sentenceFiles } from '../../bench/resemble/sentences.ts';
import { totalsOf } from '../../bench/resemble/tables.ts';
import type { Trial } from '../../bench/resemble/trial.ts';
import { removableValues, withoutValue } from '../../bench/resemble/without-value.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar } from '../../src/grammar/index.ts';
import { Matcher, type MatchResult } from '../../src/match/index.ts';

function folder(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'heed-resemble-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}

function trial(own: Partial<Trial> = {}): Trial {
  return {
    part: 'typed',
    registry: 'house',
    kind: 'command',
    voice: '',
    noise: 'none',
    say: 'turn on the lights',
    expect: [{ command: 'lights', args: { on: true } }],
    ...own,
  };
}

function ran(...commands: [command: string, args: Record<string, unknown>][]): MatchResult {
  const [match, ...also] = commands.map(([command, args]) => ({
    command,
    args,
    score: 0.9,
    via: 'exact' as const,
    phrase: command,
    candidates: [],
  }));
  return { ...(match ? { match } : {}), ...(also.length > 0 ? { also } : {}), candidates: [], completeness: 'closed' };
}

describe('what must run', () => {
  test('is read as commands with arguments, in their order', () => {
    expect(readExpected('lights {"on":true} + media/next-track {}')).toEqual([
      { command: 'lights', args: { on: true } },
      { command: 'media/next-track', args: {} },
    ]);
    expect(readExpected('undo')).toEqual([{ command: 'undo', args: {} }]);
    expect(readExpected('note {"text":"one + two {3} + more"}')).toEqual([
      { command: 'note', args: { text: 'one + two {3} + more' } },
    ]);
    expect(readExpected('')).toEqual([]);
  });

  test.each(['lights {on:true}', 'turn on the lights', 'lights []'])('is refused where it is %s', (text) => {
    expect(() => readExpected(text)).toThrow(/expected/);
  });
});

describe('sentences', () => {
  test('are read with their kind, under the name of their registry', () => {
    const files = sentenceFiles(
      folder({
        'house-fr.tsv': 'kind\tsay\texpect\nnegation\tn’allume pas\t\ncommand\tallume\tlights {}\n',
        'notes.txt': '',
      }),
    );
    const [registry, path] = [...files][0]!;
    expect(files.size).toBe(1);
    expect(readSentences(path, registry)).toEqual([
      { registry: 'house-fr', kind: 'negation', say: 'n’allume pas', expect: [] },
      { registry: 'house-fr', kind: 'command', say: 'allume', expect: [{ command: 'lights', args: {} }] },
    ]);
    expect(['house-de', 'house-fr', 'house-es', 'coffee'].map(languageOfRegistry)).toEqual(['de', 'fr', 'es', 'en']);
  });

  test.each([
    ['another header', 'say\tkind\n', /begin with kind, say, expect/],
    ['a command that runs nothing', 'kind\tsay\texpect\ncommand\tturn on\t\n', /line 2.*runs something/],
    ['a question that runs something', 'kind\tsay\texpect\nquestion\tis it on\tlights {}\n', /line 2.*runs nothing/],
    ['a line without a sentence', 'kind\tsay\texpect\nquestion\n', /line 2/],
  ])('are refused with %s', (_, text, message) => {
    expect(() => readSentences(join(folder({ 'a.tsv': text }), 'a.tsv'), 'a')).toThrow(message);
  });

  test('are spread over the file when there are too many', () => {
    expect(spread([0, 1, 2, 3, 4, 5], 3)).toEqual([0, 2, 4]);
    expect(spread([0, 1], 3)).toEqual([0, 1]);
  });
});

describe('a removed value', async () => {
  const coffee = await loadCommands('coffee');
  const home = await loadCommands('home');
  const match = (commands: typeof coffee, say: string) =>
    new Matcher(compileGrammar([...commands], { language: 'en' }).grammar, defaultConfig.match).match(say).match;

  test('can no longer be said, and all others can, in every spelling', () => {
    const commands = withoutValue(coffee, { slot: 'coffeeDrink', value: 'mocha' }, 'en');
    expect(match(coffee, 'make me a mocha')?.args).toEqual({ coffeeDrink: 'mocha' });
    expect(match(commands, 'make me a mocha')?.args).not.toEqual({ coffeeDrink: 'mocha' });
    expect(match(commands, 'make me a 12 ounce iced mocha')).toMatchObject({
      via: 'exact',
      args: { coffeeDrink: 'iced mocha', size: 'twelve ounce' },
    });
  });

  test('goes with all its amounts', () => {
    const commands = withoutValue(coffee, { slot: 'milkAmount', value: 'milk' }, 'en');
    expect(removableValues(coffee, 'milkAmount', 'en')).toEqual([
      'milk',
      'skim milk',
      'whole milk',
      'soy milk',
      'almond milk',
      'cream',
    ]);
    expect(match(commands, 'make me a latte with a lot of milk')?.via).not.toBe('exact');
    expect(match(commands, 'make me a latte with a lot of soy milk')).toMatchObject({
      via: 'exact',
      args: { milkAmount: 'a lot of soy milk' },
    });
  });

  test('goes from every command that has such a slot, and stays where it is the only one', () => {
    const commands = withoutValue(home, { slot: 'area', value: 'kitchen' }, 'en');
    for (const say of [
      'turn on the kitchen lights',
      'close the kitchen windows',
      'set the kitchen brightness to 50 percent',
    ])
      expect(match(commands, say)?.via).not.toBe('exact');
    expect(match(commands, 'turn on the office lights')).toMatchObject({ via: 'exact', args: { area: 'office' } });
    expect(removableValues(home, 'name', 'en')).toContain('front door');
    expect(removableValues(home, 'name', 'en')).not.toContain('ecobee');
  });

  test('is each that the sentence names, and one that it does not', () => {
    const removable = ['latte', 'mocha', 'coffee']
      .map((value) => ({ slot: 'coffeeDrink', value }))
      .concat({ slot: 'milkAmount', value: 'milk' });
    const chosen = choose(
      [{ command: 'order-drink', args: { coffeeDrink: 'latte', milkAmount: 'a lot of milk' } }],
      removable,
      'clip',
    );
    expect(chosen.filter(([kind]) => kind === 'missing').map(([, { value }]) => value)).toEqual(['latte', 'milk']);
    expect(chosen.filter(([kind]) => kind === 'command').map(([, { value }]) => value)).toEqual([
      expect.stringMatching(/mocha|coffee/),
    ]);
  });
});

describe('a verdict', () => {
  test('is right for the command with its arguments and nothing else', () => {
    expect(judge(trial(), ran(['lights', { on: true }]))).toMatchObject({ right: true, actedOn: false, score: 0.9 });
    expect(judge(trial(), ran(['lights', { on: false }]))).toMatchObject({ right: false, actedOn: true });
    expect(judge(trial(), ran(['lights', { on: true }], ['undo', {}]))).toMatchObject({ right: false, actedOn: true });
    expect(judge(trial(), ran())).toMatchObject({ right: false, actedOn: false });
  });

  test('is right for two commands when both ran in their order', () => {
    const two = trial({
      kind: 'two-commands',
      expect: [
        { command: 'lights', args: {} },
        { command: 'undo', args: {} },
      ],
    });
    expect(judge(two, ran(['lights', {}], ['undo', {}])).right).toBe(true);
    expect(judge(two, ran(['undo', {}], ['lights', {}])).right).toBe(false);
    expect(judge(two, ran(['lights', {}]))).toMatchObject({ right: false, actedOn: true });
  });

  test('is right for another sentence when nothing ran, and tells when heed would ask', () => {
    const none = trial({ kind: 'half-said', expect: [] });
    const asked: MatchResult = {
      candidates: [],
      completeness: 'incomplete',
      beginning: {
        command: { name: 'lights', phrases: [], slots: {} },
        args: {},
        missing: [] as never,
        isInside: false,
      },
    };
    expect(judge(none, asked)).toMatchObject({ right: true, actedOn: false, asked: true });
    expect(judge(none, ran(['lights', {}]))).toMatchObject({ right: false, actedOn: true, asked: false });
  });

  test('considers only the labelled slots of a recorded order', () => {
    const order = trial({
      part: 'real',
      registry: 'coffee',
      expect: [{ command: 'order-drink', args: { coffeeDrink: 'latte' } }],
    });
    expect(judge(order, ran(['order-drink', { coffeeDrink: 'latte', size: 'large' }])).right).toBe(true);
    expect(
      judge({ ...order, part: 'spoken' }, ran(['order-drink', { coffeeDrink: 'latte', size: 'large' }])).right,
    ).toBe(false);
  });

  test('counts commands and other sentences separately', () => {
    const judged = [trial(), trial({ kind: 'question', expect: [] })].map((own) => ({
      ...own,
      verdict: judge(own, ran(['lights', { on: true }])),
    }));
    expect(totalsOf(judged)).toEqual({ right: 100, wrong: 0, actedOn: 100, commands: 1, others: 1 });
  });
});

test('thresholds between two with the same verdicts are not judged', () => {
  const verdicts: Verdict[] = [];
  const judged: number[] = [];
  fill(verdicts, 9, (at) => (judged.push(at), { right: at < 2, actedOn: false, asked: false, score: 0 }));
  expect(verdicts.map(({ right }) => right)).toEqual([true, true, ...Array.from({ length: 7 }, () => false)]);
  expect(judged).toEqual([0, 8, 4, 2, 1]);
});

test('a dump gives back the trials with their transcripts', async () => {
  const path = join(folder({}), 'dump.jsonl');
  const transcript = {
    segmentId: 's',
    text: 'Turn on.',
    words: [],
    language: 'en',
    confidence: 1,
    noSpeechProbability: 0,
    logProbability: -1,
    tokens: 3,
    endMs: 0,
    alternatives: [],
    audioMs: 900,
    inferenceMs: 1,
  };
  const trials = [
    trial(),
    trial({ part: 'spoken', voice: 'flite:slt', missing: { slot: 'area', value: 'kitchen' } }),
  ].map((own, index) => ({ ...own, ...(index === 1 ? { transcript } : {}) }));
  await writeDump(
    path,
    trials.map((own) => ({ ...own, verdict: judge(own, ran()) })),
  );
  expect(await readDump(path)).toEqual(trials);
});

test('registry and voice decide what is held out', () => {
  expect(useOf({ registry: 'coffee', voice: 'recorded' })).toBe('fitted');
  expect(useOf({ registry: 'coffee', voice: 'piper:joe' })).toBe('held-out voice');
  expect(useOf({ registry: 'office', voice: 'flite:slt' })).toBe('held-out registry');
  expect(useOf({ registry: 'office', voice: 'piper:joe' })).toBe('held out');
  expect(['coffee', 'office'].map((registry) => useOf({ registry, voice: '' }))).toEqual(['fitted', 'held out']);
});
