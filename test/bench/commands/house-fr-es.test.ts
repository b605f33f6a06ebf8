import { describe, expect, it } from 'vitest';
import { expected as expectedFrench, isRight as isRightFrench } from '../../../bench/commands/house-fr/_expected.ts';
import { expected as expectedSpanish, isRight as isRightSpanish } from '../../../bench/commands/house-es/_expected.ts';
import { defaultConfig } from '../../../src/config/index.ts';
import { compileGrammar } from '../../../src/grammar/index.ts';
import { Matcher } from '../../../src/match/index.ts';
import { Registry } from '../../../src/registry/index.ts';

describe.each([
  { folder: 'house-fr', language: 'fr', expected: expectedFrench, isRight: isRightFrench },
  { folder: 'house-es', language: 'es', expected: expectedSpanish, isRight: isRightSpanish },
])('The commands of $folder', async ({ folder, language, expected, isRight }) => {
  const registry = new Registry({ language });
  await registry.load(`bench/commands/${folder}`);
  const matcher = new Matcher(compileGrammar(registry.commands, { language }).grammar, defaultConfig.match);

  it('load without problems', () => {
    expect(registry.problems).toEqual([]);
  });

  it.each(Object.keys(expected))('understand %j', (said) => {
    const { match } = matcher.match(said);
    expect(match?.via).toBe('exact');
    expect(isRight(said, match)).toBe(true);
  });

  it('are right about no sentence that is not expected', () => {
    expect(isRight('oov_1', matcher.match(Object.keys(expected)[0]!).match)).toBe(false);
  });
});
