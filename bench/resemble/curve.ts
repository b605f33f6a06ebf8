import type { Config } from '../../src/config/index.ts';
import type { Identity, Report } from '../lib/report.ts';
import { useOf } from './_fitted.ts';
import type { Grammars } from './grammars.ts';
import { judgeByThreshold } from './judging.ts';
import { groupBy, totalsOf } from './tables.ts';
import type { ReadTrial } from './trial.ts';

const thresholds = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99];

/** Shares by threshold, %. */
export interface Curve {
  name: string;
  points: { threshold: number; right: number; actedOn: number }[];
}

export interface CurveOptions {
  grammars: Grammars;
  config: Config['match'];
  identity: Identity;
}

/** How both shares move with the threshold: for each part, what may be fitted to apart from the rest. */
export async function addCurves(
  report: Report,
  trials: readonly ReadTrial[],
  { grammars, config, identity }: CurveOptions,
): Promise<Curve[]> {
  const verdicts = await judgeByThreshold(trials, grammars, config, thresholds);
  const judged = trials.map((trial, index) => ({ trial, verdicts: verdicts[index]! }));
  const useOfTrial = (trial: ReadTrial): string =>
    useOf(trial) === 'fitted' ? 'fitted' : 'held out, at least in part';
  return groupBy(judged, ({ trial }) => ({ part: trial.part, use: useOfTrial(trial) })).map(({ key, items }) => {
    const points = thresholds.map((threshold, at) => {
      const { right, actedOn } = totalsOf(items.map(({ trial, verdicts: own }) => ({ ...trial, verdict: own[at]! })));
      report.add({
        identity: { ...identity, ...key, threshold },
        n: items.length,
        values: [
          { metric: 'commands right', value: right, unit: '%' },
          { metric: 'acted on', value: actedOn, unit: '%' },
        ],
      });
      return { threshold, right, actedOn };
    });
    return { name: `${key['part']}, ${key['use']}`, points };
  });
}
