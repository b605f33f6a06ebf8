import { isDeepStrictEqual } from 'node:util';
import type { CommandMatch } from '../../src/types.ts';

/** What a sentence must be understood as. */
export interface Expected {
  command: string;
  args: Record<string, unknown>;
}

/** Whether the command and all its arguments are right. False for a sentence without an expectation. */
export function isExpected(
  wanted: Expected | undefined,
  match: Pick<CommandMatch, 'command' | 'args'> | undefined,
): boolean {
  return wanted !== undefined && match?.command === wanted.command && isDeepStrictEqual({ ...match.args }, wanted.args);
}
