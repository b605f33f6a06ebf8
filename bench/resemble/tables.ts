import type { Identity, Report } from '../lib/report.ts';
import { fitted, useOf } from './_fitted.ts';
import type { JudgedTrial } from './judging.ts';
import { isCommand } from './trial.ts';

/**
 * Adds tables of each kind of sentence, then tables by registry, by voice and of everything: how many commands were
 * right, and how many other sentences were acted on.
 */
export function addTables(report: Report, trials: readonly JudgedTrial[], identity: Identity): void {
  const kinds = groupBy(trials, ({ part, registry, kind, noise }) => ({ part, registry, kind, noise }));
  for (const { key, items } of kinds) {
    report.add({
      identity: { ...identity, ...key },
      n: items.length,
      values: [
        { metric: 'right', value: share(items, ({ verdict }) => verdict.right), unit: '%' },
        { metric: 'acted on wrongly', value: share(items, ({ verdict }) => verdict.actedOn), unit: '%' },
        { metric: 'asked', value: share(items, ({ verdict }) => verdict.asked), unit: '%' },
      ],
    });
  }
  const useOfVoice = (voice: string): string => (fitted.voices.includes(voice) ? 'fitted' : 'held out');
  const totals = [
    ...groupBy(trials, (trial) => ({
      part: trial.part,
      registry: trial.registry,
      use: useOf(trial),
      noise: trial.noise,
    })),
    ...groupBy(
      trials.filter(({ part }) => part === 'spoken'),
      ({ voice, noise }) => ({ voice, use: useOfVoice(voice), noise }),
    ),
    ...groupBy(trials, (trial) => ({ part: trial.part, use: useOf(trial) })),
  ];
  for (const { key, items } of totals) addTotals(report, { ...identity, ...key }, items);
}

/** Returns how many commands were right, and how many other sentences were acted on, %; NaN when there are none. */
export function totalsOf(trials: readonly JudgedTrial[]): {
  right: number;
  wrong: number;
  actedOn: number;
  commands: number;
  others: number;
} {
  const commands = trials.filter(isCommand);
  const others = trials.filter((trial) => !isCommand(trial));
  return {
    right: share(commands, ({ verdict }) => verdict.right),
    wrong: share(commands, ({ verdict }) => verdict.actedOn),
    actedOn: share(others, ({ verdict }) => verdict.actedOn),
    commands: commands.length,
    others: others.length,
  };
}

function addTotals(report: Report, identity: Identity, trials: readonly JudgedTrial[]): void {
  const { right, wrong, actedOn, commands, others } = totalsOf(trials);
  report.add({
    identity,
    n: trials.length,
    values: [
      { metric: 'commands', value: commands, unit: '' },
      { metric: 'right', value: right, unit: '%' },
      { metric: 'another ran', value: wrong, unit: '%' },
      { metric: 'others', value: others, unit: '' },
      { metric: 'acted on', value: actedOn, unit: '%' },
    ],
  });
}

function share(trials: readonly JudgedTrial[], is: (trial: JudgedTrial) => boolean): number {
  return (100 * trials.filter(is).length) / trials.length;
}

/** Groups the items by what they have in common, in the order of the first item of each group. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => Identity): { key: Identity; items: T[] }[] {
  const groups = new Map<string, { key: Identity; items: T[] }>();
  for (const item of items) {
    const key = keyOf(item);
    const name = JSON.stringify(key);
    const group = groups.get(name);
    if (group) group.items.push(item);
    else groups.set(name, { key, items: [item] });
  }
  return [...groups.values()];
}
