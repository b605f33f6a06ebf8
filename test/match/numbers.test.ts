import { describe, expect, it } from 'vitest';
import { framePhrases, numberCase } from '../../bench/lib/number-cases.ts';
import { createRandom } from '../../bench/lib/random.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar, number } from '../../src/grammar/index.ts';
import { languageOf } from '../../src/language/index.ts';
import { Matcher } from '../../src/match/index.ts';

describe.each(['en', 'de', 'fr', 'es'])('In %s', (code) => {
  it.each([
    { max: 1000, step: 1 },
    { max: 1_000_000, step: 1 },
    { max: 200, step: 0.01 },
  ])('no number up to $max in steps of $step is changed, however it is said or misheard', ({ max, step }) => {
    const command = { name: 'set', phrases: framePhrases(code), slots: { n: number({ min: -max, max, step }) } };
    const matcher = new Matcher(compileGrammar([command], { language: code }).grammar, defaultConfig.match);
    const random = createRandom(`numbers ${code} ${max}`);
    const cases = Array.from({ length: 200 }, () => numberCase(languageOf(code), { random, max, step }));
    const read = cases.map((one) => ({ ...one, got: matcher.match(one.text).match?.args['n'] as number | undefined }));
    expect(
      read.filter(({ got, values }) => got !== undefined && !values.some((v) => Math.abs(v - got) < 1e-9)),
    ).toEqual([]);
    expect(read.filter(({ got, isPlain }) => isPlain && got === undefined)).toEqual([]);
  });
});
