import type { PhraseRef } from './parts.ts';
import { compareRanks, type Rank } from './rank.ts';
import { delayNames, isDelayName } from './slots/delay-names.ts';
import type { Slot } from './slots/slot.ts';

/** What one slot was filled with. */
export interface Capture {
  readonly name: string;
  readonly words: readonly string[];
  readonly value: unknown;
}

/** Words that say when a command is to run; see `dueOf`. */
export interface DelayCapture extends Capture {
  readonly value: string;
  /** Whether they stand in front of the command rather than behind it. */
  readonly isFirst: boolean;
}

/** One way to understand the words as a command. */
export interface Parse extends PhraseRef {
  readonly args: Record<string, unknown>;
  readonly captures: readonly Capture[];
  /** When the command is to run, if that was said: a capture beside those of its slots. */
  readonly delay?: DelayCapture;
  /** How specific the phrase is to these words. The most specific parse is the one that counts. */
  readonly rank: Rank;
  /** All words that were read as this phrase: without sounds like "um", and with the gaps that it has. */
  readonly words: readonly string[];
  /** Whether the phrase begins with free text, so that it would begin any sentence. */
  readonly isGreedy: boolean;
}

/**
 * closed: nothing can extend the words; extendable: a command that may go on; incomplete: the beginning of a command;
 * none: neither.
 */
export type Completeness = 'closed' | 'extendable' | 'incomplete' | 'none';

/** The ways to understand some words, the most specific first. */
export interface Walk {
  readonly parses: readonly Parse[];
  /** Phrases that begin with free text count only where no other phrase does. */
  readonly completeness: Completeness;
  /** Whether only phrases that begin with free text are the reason for `completeness`. */
  readonly isGreedy: boolean;
  /** Whether the words break off while they say when a whole command is to run: "turn on the light in ten". */
  readonly isInDelay: boolean;
}

/** One way to a place in the automaton. */
export interface Path {
  rank: Rank;
  captures: Chain | undefined;
}

export interface Chain {
  capture: Capture;
  slot: Slot;
  /** Where the words of the slot end. */
  to: number;
  before: Chain | undefined;
}

/** A slot that the last words begin and may go on in. */
export interface OpenSlot {
  binding: number;
  /** The node after it. */
  target: number;
  paths: readonly Path[];
  /** Whether it is free text with which a phrase begins. */
  isLeading: boolean;
}

/** Where words lead that are not a command yet. */
export interface Frontier {
  /** The nodes of the main automaton that the words lead to. */
  nodes: ReadonlyMap<number, readonly Path[]>;
  /** The slots that the last words begin but do not fill. */
  open: readonly OpenSlot[];
}

/** A way to understand some words, as far as it is compared with others. */
type Ranked = Pick<Parse, 'rank' | 'command'>;

/** Orders parses, the one that counts first; 0 when nothing tells them apart. */
export function compareParses(one: Ranked, other: Ranked): number {
  return compareRanks(one.rank, other.rank, [one.command.priority ?? 0, other.command.priority ?? 0]);
}

/** Returns the captures of a path in the order of speaking. */
export function capturesOf(path: Path): Capture[] {
  const captures: Capture[] = [];
  for (let chain = path.captures; chain; chain = chain.before) captures.unshift(chain.capture);
  return captures;
}

/** Returns the arguments of a phrase whose slots were filled. */
export function argsOf(
  { constants }: Pick<PhraseRef, 'constants'>,
  captures: readonly Capture[],
): Record<string, unknown> {
  return { ...constants, ...Object.fromEntries(captures.map(({ name, value }) => [name, value])) };
}

/** Returns what the slots of a phrase were filled with on a path, and the delay. */
export function filledOf(phrase: Pick<PhraseRef, 'constants'>, path: Path): Pick<Parse, 'args' | 'captures' | 'delay'> {
  const all = capturesOf(path);
  const found = all.find(({ name }) => isDelayName(name));
  const captures = all.filter((capture) => capture !== found);
  return {
    captures,
    args: argsOf(phrase, captures),
    ...(found ? { delay: { ...found, value: String(found.value), isFirst: found.name === delayNames.first } } : {}),
  };
}

/** Whether the words so far say when the command is to run. */
export function isDelayed(captures: Chain | undefined): boolean {
  for (let chain = captures; chain; chain = chain.before) if (chain.slot.type === 'delay') return true;
  return false;
}

/** Whether the last word before a position is one of free text. */
export function isFreeTextTo(captures: Chain | undefined, at: number): boolean {
  return captures?.to === at && captures.slot.type === 'text';
}
