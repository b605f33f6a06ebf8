import type { Config } from '../../src/config.ts';
import { Matcher } from '../../src/match/index.ts';
import { understandHeard } from '../lib/recogniser.ts';
import type { Grammars } from './grammars.ts';
import { judge, type Verdict } from './judge.ts';
import type { ReadTrial } from './trial.ts';

/** A trial and what came of it. */
export type JudgedTrial = ReadTrial & { verdict: Verdict };

/** Thresholds of the curve. */
export const thresholds = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99];

/** Judges what was read as a session would, with the threshold of the configuration or another one. In the order of the trials. */
export async function judgeAll(trials: readonly ReadTrial[], grammars: Grammars, config: Config['match']): Promise<JudgedTrial[]> {
  const matchers = new Map<string, Matcher>();
  const judged: JudgedTrial[] = [];
  for (const trial of trials) {
    const key = grammars.keyOf(trial);
    const matcher = matchers.get(key) ?? new Matcher(await grammars.grammar(trial), config);
    matchers.set(key, matcher);
    judged.push({ ...trial, verdict: judge(trial, trial.transcript ? understandHeard(matcher, trial.transcript, config) : matcher.match(trial.say)) });
  }
  return judged;
}
