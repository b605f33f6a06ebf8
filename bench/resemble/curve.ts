import type { Config } from '../../src/config.ts';
import type { Identity, Report } from '../lib/report.ts';
import { useOf } from './_fitted.ts';
import type { Grammars } from './grammars.ts';
import { judgeAll, thresholds } from './judging.ts';
import { groupBy, totalsOf } from './tables.ts';
import type { ReadTrial } from './trial.ts';

/** Shares by threshold. */
export interface Curve {
  name: string;
  points: { threshold: number; right: number; actedOn: number }[];
}

/** How both shares move with the threshold, for each part, apart for what may be fitted to and what is held out. Every threshold is judged as a session with it would. */
export async function addCurves(report: Report, trials: readonly ReadTrial[], options: { grammars: Grammars; config: Config['match']; identity: Identity; progress: (text: string) => void }): Promise<Curve[]> {
  const curves = new Map<string, Curve>();
  for (const threshold of thresholds) {
    options.progress(`judging at ${threshold}`);
    const judged = await judgeAll(trials, options.grammars, { ...options.config, threshold });
    for (const { key, items } of groupBy(judged, ({ part, registry, voice }) => ({ part, use: useOf({ registry, voice }) === 'fitted' ? 'fitted' : 'held out, at least in part' }))) {
      const { right, actedOn } = totalsOf(items);
      report.add({
        identity: { ...options.identity, ...key, threshold }, n: items.length,
        values: [{ metric: 'commands right', value: right, unit: '%' }, { metric: 'acted on', value: actedOn, unit: '%' }],
      });
      const name = `${key['part']}, ${key['use']}`;
      curves.set(name, { name, points: [...(curves.get(name)?.points ?? []), { threshold, right, actedOn }] });
    }
  }
  return [...curves.values()];
}
