import { isDeepStrictEqual } from 'node:util';
import type { MatchResult } from '../../src/match/index.ts';
import type { CommandMatch } from '../../src/types.ts';
import type { Expected } from '../lib/expected.ts';
import { isCommand, type Trial } from './trial.ts';

/** What came of a trial. */
export interface Verdict {
  /** A command: it ran, with its arguments, and nothing else. Another sentence: nothing ran. */
  right: boolean;
  /** Something ran that must not: anything at all, or another command than was said. */
  actedOn: boolean;
  /** It was taken for the beginning of a command, and heed would ask. */
  asked: boolean;
  /** Of what ran, else of the best candidate. */
  score: number;
}

export function judge(trial: Trial, result: MatchResult): Verdict {
  const ran = result.match ? [result.match, ...(result.also ?? [])] : [];
  const isExpected =
    ran.length === trial.expect.length && ran.every((match, index) => isSame(match, trial.expect[index]!, trial));
  return {
    right: isCommand(trial) ? isExpected : ran.length === 0,
    actedOn: ran.length > 0 && !isExpected,
    asked: result.beginning !== undefined,
    score: result.match?.score ?? result.candidates[0]?.score ?? 0,
  };
}

function isSame(match: Pick<CommandMatch, 'command' | 'args'>, expected: Expected, { part, registry }: Trial): boolean {
  if (match.command !== expected.command) return false;
  // The recorded orders are judged by the rule of their published figures: slots without a label are not looked at.
  if (part === 'real' && registry === 'coffee')
    return Object.entries(expected.args).every(([name, value]) => match.args[name] === value);
  return isDeepStrictEqual({ ...match.args }, expected.args);
}
