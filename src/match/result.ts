import type { Beginning } from '../grammar/index.ts';
import type { Candidate, CommandMatch } from '../types.ts';

/** The reason that is given when a phrase breaks off. */
export const beginningReason = 'This is only the beginning of a command.';

/** What a slot was filled with. */
export interface MatchedSlot {
  name: string;
  /** The words as they were heard. */
  words: string;
  value: unknown;
  /** 0–1, among the readings of the same audio; absent for typed phrases. */
  confidence?: number;
  /** Other values that the slot may have been given, the likeliest first. */
  alternatives?: readonly { words: string; value: unknown; confidence: number }[];
}

/** Words that no command explains, although the other words are one. */
export interface UnknownPart {
  /** In place of a slot's value, or before, inside or after the words of the command. */
  where: 'slot' | 'before' | 'inside' | 'after';
  slot?: string;
  words: string;
  /** Some values that the slot does have, if it is a list. */
  known?: string[];
}

/** How a phrase was understood. */
export interface MatchResult {
  /** The command whose score reaches the threshold and the margin. */
  match?: CommandMatch;
  /** The slots of `match`, in the order of speaking. */
  slots?: readonly MatchedSlot[];
  /** Further commands in the same breath, in their order. */
  also?: readonly CommandMatch[];
  /** Near misses with reasons, best first. */
  candidates: Candidate[];
  /** Why nothing matched, in words. */
  reason?: string;
  /**
   * closed: nothing can extend the words; extendable: a whole command that may go on; incomplete: the beginning of a
   * command; none: no command.
   */
  completeness: 'closed' | 'extendable' | 'incomplete' | 'none';
  /** The words that no command explains, if they are the reason why nothing matched. */
  unknown?: UnknownPart;
  /** Set when no command is near, and nothing says that one was surely not meant. */
  isFar?: true;
  /** The commands that the phrase may be, if it is as near to one as to the other. */
  choices?: readonly CommandMatch[];
  /** A command that is near but not sure enough to run; worth a question if its risk is low. */
  suggestion?: CommandMatch;
  /** How long the model took to suggest it, ms, if a model did. */
  suggestedInMs?: number;
  /** What is missing, when an incomplete phrase can only become one command. */
  beginning?: Beginning;
}
