import type { Config } from '../../src/config/index.ts';
import type { Grammar } from '../../src/grammar/index.ts';
import { Matcher, understandText } from '../../src/match/index.ts';
import { understandHeard } from '../lib/recogniser.ts';
import type { Grammars } from './grammars.ts';
import { judge, type Verdict } from './judge.ts';
import type { ReadTrial } from './trial.ts';

/** A trial and what came of it. */
export type JudgedTrial = ReadTrial & { verdict: Verdict };

/** Judges what was read as a session would, in the order of the trials. */
export async function judgeAll(
  trials: readonly ReadTrial[],
  grammars: Grammars,
  config: Config['match'],
): Promise<JudgedTrial[]> {
  const judged: JudgedTrial[] = [];
  await eachGrammar(trials, grammars, (grammar, own) => {
    const matcher = new Matcher(grammar, config);
    for (const index of own) judged[index] = { ...trials[index]!, verdict: judgeWith(matcher, trials[index]!, config) };
  });
  return judged;
}

/**
 * Judges every trial as sessions with each of the thresholds would, which ascend; verdicts by threshold, in the order
 * of the trials. A higher threshold only turns more away: where two of them come to the same, so do those between, and
 * need no judging.
 */
export async function judgeByThreshold(
  trials: readonly ReadTrial[],
  grammars: Grammars,
  config: Config['match'],
  thresholds: readonly number[],
): Promise<Verdict[][]> {
  const verdicts: Verdict[][] = trials.map(() => []);
  await eachGrammar(trials, grammars, (grammar, own) => {
    const matchers = thresholds.map((threshold) => new Matcher(grammar, { ...config, threshold }));
    for (const index of own)
      fill(verdicts[index]!, thresholds.length, (at) => judgeWith(matchers[at]!, trials[index]!, config));
  });
  return verdicts;
}

/** Makes the values that are not the same at both ends of a stretch, halving it. */
export function fill(verdicts: Verdict[], length: number, make: (at: number) => Verdict): void {
  const at = (index: number): Verdict => (verdicts[index] ??= make(index));
  const between = (low: number, high: number): void => {
    if (high - low < 2) return;
    if (at(low).right === at(high).right && at(low).actedOn === at(high).actedOn) {
      for (let index = low + 1; index < high; index++) verdicts[index] = at(low);
      return;
    }
    const middle = Math.floor((low + high) / 2);
    at(middle);
    between(low, middle);
    between(middle, high);
  };
  if (length === 0) return;
  at(0);
  at(length - 1);
  between(0, length - 1);
}

function judgeWith(matcher: Matcher, trial: ReadTrial, config: Config['match']): Verdict {
  return judge(
    trial,
    trial.transcript ? understandHeard(matcher, trial.transcript, config) : understandText(matcher, trial.say),
  );
}

/** Works on the trials grammar by grammar, so that what belongs to one can be forgotten; `own` are their places. */
async function eachGrammar(
  trials: readonly ReadTrial[],
  grammars: Grammars,
  work: (grammar: Grammar, own: number[]) => void,
): Promise<void> {
  const places = new Map<string, number[]>();
  trials.forEach((trial, index) => {
    const key = grammars.keyOf(trial);
    const own = places.get(key);
    if (own) own.push(index);
    else places.set(key, [index]);
  });
  for (const own of places.values()) work(await grammars.grammar(trials[own[0]!]!), own);
}
