import { describe, expect, it } from 'vitest';
import { createRandom } from '../../bench/lib/random.ts';
import { pickFrom, randomRegistry } from '../../bench/lib/random-registry.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar } from '../../src/grammar/index.ts';
import { Matcher, understandText } from '../../src/match/index.ts';

describe('A sentence that a template stands for', () => {
  it.each([1, 2, 3, 4, 5, 6])('is its command with its arguments, in random registry %i', (seed) => {
    const random = createRandom(`registry ${seed}`);
    const registry = randomRegistry(80 * seed, random);
    const { grammar, problems } = compileGrammar(
      registry.map(({ command }) => command),
      { language: 'en' },
    );
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const matcher = new Matcher(grammar, defaultConfig.match);
    for (let i = 0; i < 300; i++) {
      const { command, say } = pickFrom(random, registry);
      const { text, args } = say(random);
      expect(understandText(matcher, text).match, text).toMatchObject({ command: command.name, args, via: 'exact' });
    }
  });
});
