/**
 * Whether a number is ever changed: generated numbers in four languages, as words and as digits, alone, beside other
 * words, and with a word lost, put in or misspelled. A rejection is not wrong; a command with another value is. It
 * needs no recordings.
 */
import { parseArgs } from 'node:util';
import { defaultConfig } from '../src/config/index.ts';
import { compileGrammar, number } from '../src/grammar/index.ts';
import { languageOf } from '../src/language/index.ts';
import { Matcher } from '../src/match/index.ts';
import { framePhrases, numberCase } from './lib/number-cases.ts';
import { createRandom } from './lib/random.ts';
import { Report } from './lib/report.ts';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '200000' }, json: { type: 'boolean' }, wrong: { type: 'boolean' } },
});
const ranges = [
  { max: 1000, step: 1 },
  { max: 1_000_000, step: 1 },
  { max: 200, step: 0.01 },
];
const report = new Report({ bench: 'numbers', json: values.json === true });
const languages = ['en', 'de', 'fr', 'es'];
const each = Math.ceil(Number(values.count) / languages.length / ranges.length);
for (const code of languages) {
  const language = languageOf(code);
  for (const range of ranges) {
    const random = createRandom(`${code} ${range.max}`);
    const command = { name: 'set', phrases: framePhrases(code), slots: { n: number({ min: -range.max, ...range }) } };
    const matcher = new Matcher(compileGrammar([command], { language: code }).grammar, defaultConfig.match);
    const counts = { wrong: 0, exact: 0, near: 0, plain: 0, missed: 0 };
    for (let i = 0; i < each; i++) {
      const { text, values: allowed, isPlain } = numberCase(language, { random, ...range });
      const { match } = matcher.match(text);
      if (isPlain) counts.plain++;
      if (match) counts[match.via === 'exact' ? 'exact' : 'near']++;
      else if (isPlain) counts.missed++;
      const got = match?.args['n'] as number | undefined;
      if (got !== undefined && !allowed.some((value) => Math.abs(value - got) < 1e-9)) {
        counts.wrong++;
        if (values.wrong) console.error(`${code} “${text}” is ${allowed.join(' or ')}, not ${got} (${match!.via})`);
      }
    }
    report.add({
      identity: { language: code, max: range.max, step: range.step },
      n: each,
      values: [
        { metric: 'wrong', value: counts.wrong, unit: '' },
        { metric: 'exact', value: counts.exact, unit: '' },
        { metric: 'near', value: counts.near, unit: '' },
        { metric: 'unchanged', value: counts.plain, unit: '' },
        { metric: 'of these rejected', value: counts.missed, unit: '' },
      ],
    });
  }
}
report.finish();
