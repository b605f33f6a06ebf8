import { describe, expect, it } from 'vitest';
import { createRandom } from '../../bench/lib/random.ts';
import { randomInput, spoil } from '../../bench/lib/random-inputs.ts';
import { pickFrom, randomRegistry } from '../../bench/lib/random-registry.ts';
import { compileGrammar, type Grammar, type GrammarCommand } from '../../src/grammar/index.ts';
import { maxStates } from '../../src/match/near-run.ts';
import { NearSearch } from '../../src/match/near.ts';
import { SimilarWords } from '../../src/match/similar-words.ts';

const leastScore = 0.45;
const registry = randomRegistry(1_000, createRandom('near states'));
const commands = registry.map(({ command }) => command);

function searchOf(of: readonly GrammarCommand[]): { grammar: Grammar; search: NearSearch } {
  const { grammar } = compileGrammar(of, { language: 'en' });
  return { grammar, search: new NearSearch(grammar, new SimilarWords(grammar.lexicon)) };
}

/** Returns how many states a search looks at. */
function statesFor({ grammar, search }: ReturnType<typeof searchOf>, text: string, isGreedy = false): number {
  const work = { states: maxStates };
  search.find(grammar.tokenize(text), leastScore, { isGreedy, work });
  return maxStates - work.states;
}

describe('A search for near matches among 1,000 commands', () => {
  const all = searchOf(commands);

  it.each<[string, number, (random: () => number) => string]>([
    ['a command that was misheard', 800, (random) => spoil(pickFrom(random, registry).say(random).text, random)],
    ['anything', 2_500, (random) => randomInput(registry, random)],
  ])('looks at few states for %s', (kind, most, make) => {
    const random = createRandom(kind);
    const texts = Array.from({ length: 1_500 }, () => make(random));
    const states = texts.map((text) => statesFor(all, text) + statesFor(all, text, true));
    expect(Math.max(...states)).toBeLessThanOrEqual(most);
    // Otherwise nothing would have been searched.
    expect(states.filter((count) => count > 10).length).toBeGreaterThan(500);
  });

  it('looks at hardly more states than among 100', () => {
    const few = registry.slice(0, 100);
    const alone = searchOf(commands.slice(0, 100));
    const random = createRandom('few');
    const texts = Array.from({ length: 300 }, () => spoil(pickFrom(random, few).say(random).text, random));
    const [among, beside] = [all, alone].map((one) =>
      texts.map((text) => statesFor(one, text)).reduce((sum, count) => sum + count, 0),
    ) as [number, number];
    expect(among).toBeLessThan(3 * beside);
  });

  it('finds nothing when its work is used up', () => {
    const [text] = [pickFrom(createRandom('text'), registry).say(createRandom('said')).text];
    const find = (states: number): number =>
      all.search.find(all.grammar.tokenize(text), leastScore, { isGreedy: false, work: { states } }).length;
    expect(find(maxStates)).toBeGreaterThan(0);
    expect(find(3)).toBe(0);
  });
});
