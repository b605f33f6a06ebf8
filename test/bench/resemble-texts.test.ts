import { describe, expect, it } from 'vitest';
import { describeMatch, kinds, listTextSets, otherKinds, readTexts } from '../../bench/lib/resemble.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar } from '../../src/grammar/index.ts';
import { Matcher } from '../../src/match/index.ts';
import { Registry } from '../../src/registry/index.ts';

it('has sentences for the commands of nine trades and homes', () => {
  const names = ['coffee', 'house', 'house-de', 'house-es', 'house-fr', 'music', 'office', 'robot', 'shopping'];
  expect(listTextSets().map(({ name }) => name)).toEqual(names);
});

describe.each(listTextSets())('The sentences for $name', async ({ name, language, commandsDir }) => {
  const registry = new Registry({ language });
  await registry.load(commandsDir);
  const texts = readTexts(name);
  const matcherOf = (chain: boolean): Matcher => {
    const { grammar } = compileGrammar(registry.commands, { language, chain });
    return new Matcher(grammar, defaultConfig.match);
  };
  const countOf = (kind: string): number => texts.filter((text) => text.kind === kind).length;

  it('belong to commands that load without problems', () => {
    expect(registry.problems).toEqual([]);
    expect(registry.commands.length).toBeGreaterThan(0);
  });

  it('occur once, and only commands expect something', () => {
    const said = texts.map(({ say }) => say.toLowerCase());
    expect(said.filter((say, i) => said.indexOf(say) !== i)).toEqual([]);
    const isCommand = (kind: string): boolean => kind === 'command' || kind === 'two-commands';
    expect(texts.filter(({ kind, expect: wanted }) => isCommand(kind) !== (wanted !== ''))).toEqual([]);
  });

  it('are numerous enough for every kind', () => {
    expect(kinds.filter((kind) => countOf(kind) === 0)).toEqual([]);
    expect(countOf('command')).toBeGreaterThanOrEqual(40);
    expect(countOf('two-commands')).toBeGreaterThanOrEqual(4);
    expect(otherKinds.reduce((sum, kind) => sum + countOf(kind), 0)).toBeGreaterThanOrEqual(75);
    for (const kind of otherKinds) expect(countOf(kind), kind).toBeGreaterThanOrEqual(5);
  });

  it('are understood exactly where they are a command', () => {
    const matcher = matcherOf(false);
    for (const { say, expect: wanted } of texts.filter(({ kind }) => kind === 'command')) {
      const { match } = matcher.match(say);
      expect(match?.via, say).toBe('exact');
      expect(describeMatch(match), say).toBe(wanted);
    }
  });

  it('are understood exactly where they are two commands and may be', () => {
    const matcher = matcherOf(true);
    for (const { say, expect: wanted } of texts.filter(({ kind }) => kind === 'two-commands')) {
      const { match, also = [] } = matcher.match(say);
      expect(
        [match, ...also].map((each) => each?.via),
        say,
      ).toEqual(['exact', 'exact']);
      expect(describeMatch(match, also), say).toBe(wanted);
    }
  });
});
