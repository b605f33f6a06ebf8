import { describe, expect, it } from 'vitest';
import { createRandom } from '../../bench/lib/random.ts';
import { randomInput, spoil } from '../../bench/lib/random-inputs.ts';
import { pickFrom, randomRegistry } from '../../bench/lib/random-registry.ts';
import { compileGrammar } from '../../src/grammar/index.ts';
import { maxStates } from '../../src/match/near-run.ts';
import { NearSearch } from '../../src/match/near.ts';
import { SimilarWords } from '../../src/match/similar-words.ts';

describe('A search for near matches among 1,000 commands', () => {
  const registry = randomRegistry(1_000, createRandom('near states'));
  const { grammar } = compileGrammar(
    registry.map(({ command }) => command),
    { language: 'en' },
  );
  const search = new NearSearch(grammar, new SimilarWords(grammar.lexicon));
  const statesFor = (text: string, isGreedy: boolean): number => {
    const before = search.states;
    search.find(grammar.tokenize(text), 0.45, { isGreedy });
    return search.states - before;
  };

  it.each([
    [
      'a command that was misheard',
      600,
      (random: () => number) => spoil(pickFrom(random, registry).say(random).text, random),
    ],
    ['anything', maxStates, (random: () => number) => randomInput(registry, random)],
  ])('looks at a bounded number of states for %s', (kind, most, make) => {
    const random = createRandom(kind);
    const texts = Array.from({ length: 1_500 }, () => make(random));
    const states = texts.map((text) => Math.max(statesFor(text, false), statesFor(text, true)));
    expect(Math.max(...states)).toBeLessThanOrEqual(most);
    // Otherwise nothing would have been searched.
    expect(states.filter((count) => count > 10).length).toBeGreaterThan(500);
  });

  it('does not look at more states beside ten times as many commands', () => {
    const few = registry.slice(0, 100);
    const alone = compileGrammar(
      few.map(({ command }) => command),
      { language: 'en' },
    ).grammar;
    const small = new NearSearch(alone, new SimilarWords(alone.lexicon));
    const random = createRandom('few');
    const texts = Array.from({ length: 300 }, () => spoil(pickFrom(random, few).say(random).text, random));
    const before = search.states;
    for (const text of texts) {
      small.find(alone.tokenize(text), 0.45, { isGreedy: false });
      search.find(grammar.tokenize(text), 0.45, { isGreedy: false });
    }
    expect(search.states - before).toBeLessThan(5 * small.states);
  });
});
