import { isDeepStrictEqual } from 'node:util';
import type { MatchResult } from '../../src/match/index.ts';
import type { CommandMatch } from '../../src/types.ts';
import type { Expected } from '../lib/expected.ts';
import { isCommand, type Trial } from './trial.ts';

/** What came of a trial. */
export interface Verdict {
  /** For a command: it ran with its arguments, and nothing else did. For any other sentence: nothing ran. */
  right: boolean;
  /** Something ran that must not run: anything at all, or another command than the one that was said. */
  actedOn: boolean;
  /** The sentence was taken for the beginning of a command, so heed would ask. */
  asked: boolean;
  /** The score of what ran, otherwise of the best candidate. */
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
  // Recorded orders are judged by the rule of the published figures, which ignores slots without a label.
  if (part === 'real' && registry === 'coffee')
    return Object.entries(expected.args).every(([name, value]) => match.args[name] === value);
  return isDeepStrictEqual({ ...match.args }, expected.args);
}
