// Fits the weights of src/match/judgement.ts to dumps of the bench resemble: npm run bench -- fit-judgement --dumps
// a.jsonl,b.jsonl
import { loadConfig } from '../src/config/index.ts';
import { HeedError } from '../src/errors.ts';
import { bestReading, Matcher } from '../src/match/index.ts';
import { signsOf, type Signs } from '../src/match/judgement.ts';
import { runBench } from './lib/bench.ts';
import { fitLogistic, type Example } from './lib/logistic.ts';
import { useOf } from './resemble/_fitted.ts';
import { readDump } from './resemble/dump.ts';
import { Grammars } from './resemble/grammars.ts';
import { judge } from './resemble/judge.ts';
import { isCommand } from './resemble/trial.ts';

/** Weights that are set rather than fitted, because what is rare in the dumps may matter most elsewhere. */
const fixed: Readonly<Record<string, number>> = {
  'plain turning': -2,
  'prompted turning': -2,
  'prompted otherValue': -3.5,
  'plain inFront': -3,
  'prompted inFront': -3,
};
/**
 * A command is accepted from this probability of the fitted curve on; the constant moves it to the default threshold.
 */
const operatingPoint = 0.55;

await runBench(
  'fit-judgement',
  async ({ report, options, progress }) => {
    if (typeof options['dumps'] !== 'string')
      throw new HeedError('bad-config', '--dumps takes dump files of the bench resemble, with commas between.');
    const { match } = loadConfig({ env: {} });
    const grammars = new Grammars({ chain: false });
    const examples: Example[] = [];
    for (const path of options['dumps'].split(',')) {
      for (const trial of await readDump(path)) {
        if (
          !trial.transcript ||
          useOf(trial) !== 'fitted' ||
          trial.kind === 'two-commands' ||
          trial.kind === 'half-said'
        )
          continue;
        if (examples.length % 500 === 0) progress(`${examples.length} examples`);
        const grammar = await grammars.grammar(trial);
        const best = bestReading(new Matcher(grammar, match), trial.transcript);
        if (!best) continue;
        const isRight = isCommand(trial) && judge(trial, best.result).right;
        // A command that was read wrongly is neither a right command nor something else.
        if (isCommand(trial) && !isRight) continue;
        const { fit, distance, plain, prompted, values } = best.evidence;
        const named = (name: string, signs: Signs): [string, number][] =>
          Object.entries(signs).map(([sign, value]) => [`${name} ${sign}`, value as number]);
        examples.push({
          group: `${trial.registry} ${trial.noise}`,
          isPositive: isRight,
          values: new Map([
            ['fit', Math.max(-3, fit)],
            ['distance', distance],
            ...named('plain', signsOf(plain, { values }, grammar.language)),
            ...named('prompted', signsOf(prompted, { values }, grammar.language)),
          ]),
        });
      }
    }
    const { constant, weights } = fitLogistic(examples, { fixed, mayBePositive: new Set(['fit']) });
    const shift = Math.log(match.threshold / (1 - match.threshold)) - Math.log(operatingPoint / (1 - operatingPoint));
    for (const [weight, value] of [['constant', constant + shift] as const, ...weights]) {
      report.add({ identity: { weight }, n: examples.length, values: [{ metric: 'value', value, unit: '' }] });
    }
  },
  { dumps: { type: 'string' } },
);
