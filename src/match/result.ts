import type { Beginning } from '../grammar/index.ts';
import type { Candidate, CommandMatch } from '../types.ts';

/** The reason where a phrase breaks off. */
export const beginningReason = 'This is only the beginning of a command.';

/** What a slot was filled with. */
export interface MatchedSlot {
  name: string;
  /** The words as they were heard. */
  words: string;
  value: unknown;
  /** 0–1 among the readings of the same audio; absent for typed phrases. */
  confidence?: number;
  /** Other values it may have been, likelier ones first. */
  alternatives?: readonly { words: string; value: unknown; confidence: number }[];
}

/** Words that no command explains, beside others that are one. */
export interface UnknownPart {
  /** In place of a slot's value, or before, inside or behind the words of the command. */
  where: 'slot' | 'before' | 'inside' | 'after';
  slot?: string;
  words: string;
  /** Some values that the slot has, where it is a list. */
  known?: string[];
}

/** How a phrase was understood. */
export interface MatchResult {
  /** Above threshold and margin. */
  match?: CommandMatch;
  /** The slots of `match`, in the order of speaking. */
  slots?: readonly MatchedSlot[];
  /** Further commands of the same breath, in their order. */
  also?: readonly CommandMatch[];
  /** Near misses with reasons, best first. */
  candidates: Candidate[];
  /** Why nothing matched, in words. */
  reason?: string;
  /** closed: nothing can extend it; extendable: complete, may go on; incomplete: the beginning of a command; none. */
  completeness: 'closed' | 'extendable' | 'incomplete' | 'none';
  /** What no command explains, where that is why nothing matched. */
  unknown?: UnknownPart;
  /** A command that is near and not sure enough to run; worth asking for where it costs little. */
  suggestion?: CommandMatch;
  /** What is missing, where an incomplete phrase can only become one command. */
  beginning?: Beginning;
}
