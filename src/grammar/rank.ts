import type { Slot } from './slots/slot.ts';

/**
 * How specific a parse is. Of two parses of the same words, one with less free text is more specific, then one that
 * takes no words for a delay, then one whose command has the higher priority, then one with fewer slots, then one with
 * less vague kinds of slots, then one whose values have more of the words.
 */
export interface Rank {
  /** Words of free text, and of other slots that say little. */
  readonly vagueness: number;
  /** 1 if some words say when the command is to run. */
  readonly delays: number;
  readonly slots: number;
  /** The vagueness of the other slots, whatever their length. */
  readonly kinds: number;
  /** How many words are values. */
  readonly valueWords: number;
}

export const noSlots: Rank = { vagueness: 0, delays: 0, slots: 0, kinds: 0, valueWords: 0 };

/** From this vagueness on, each word in a slot counts. */
const leastVague = 0.5;

/** Returns the rank after a further slot. */
export function withSlot(rank: Rank, { type, vagueness }: Pick<Slot, 'type' | 'vagueness'>, words: number): Rank {
  if (type === 'delay') return { ...rank, delays: rank.delays + 1 };
  const isVague = vagueness >= leastVague;
  return {
    ...rank,
    vagueness: rank.vagueness + (isVague ? vagueness * words : 0),
    slots: rank.slots + 1,
    kinds: rank.kinds + (isVague ? 0 : vagueness),
    valueWords: rank.valueWords + (isVague ? 0 : words),
  };
}

/** Returns the rank of a phrase whose slots have been filled. */
export function rankOf(
  slots: Readonly<Record<string, Pick<Slot, 'type' | 'vagueness'>>>,
  captures: readonly { name: string; words: readonly string[] }[],
): Rank {
  return captures.reduce((rank, { name, words }) => withSlot(rank, slots[name]!, words.length), noSlots);
}

/** Orders ranks, the more specific first; 0 when nothing tells them apart. */
export function compareRanks(one: Rank, other: Rank, priorities: readonly [number, number] = [0, 0]): number {
  return (
    difference(one.vagueness, other.vagueness) ||
    one.delays - other.delays ||
    priorities[1] - priorities[0] ||
    one.slots - other.slots ||
    difference(one.kinds, other.kinds) ||
    other.valueWords - one.valueWords
  );
}

function difference(one: number, other: number): number {
  return Math.abs(one - other) < 1e-9 ? 0 : one - other;
}
