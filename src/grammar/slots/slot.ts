import type { z } from 'zod';
import type { Language } from '../../language/index.ts';
import type { Pattern } from '../template.ts';

/** One typed gap in a phrase. `T` is the type of the argument a handler gets. */
export interface Slot<T = unknown> {
  /** The kind: "list", "number", "percent", "duration", "text". */
  readonly type: string;
  /** Checks a value, whoever made it. */
  readonly schema: z.ZodType<T>;
  /** Equal for slots that accept the same; their part of the automaton is built once. */
  readonly key: string;
  /**
   * How much a word in this slot says about the command: 0 as much as the phrase's own words, 1 nothing. Settles which
   * reading wins.
   */
  readonly vagueness: number;
  /** Whether a misheard word may be guessed; never true for numbers. */
  readonly guessable: boolean;
  /** What is wrong with the slot itself, in words; empty when nothing. */
  problems(): string[];
  /** What can be said here, as a pattern without slots and rules. */
  pattern(language: Language): Pattern;
  /** The value of the words, or undefined when they have none. */
  parse(words: readonly string[], language: Language): T | undefined;
  /**
   * A single written word that is accepted beside the pattern, such as a number with more digits than are worth
   * listing.
   */
  acceptsWord?(word: string, language: Language): boolean;
  /** How heed asks for a missing value where the command's author has not; default "Which NAME?". */
  question?(language: Language): string;
  /** A few things to say here, for help. */
  hint(language: Language): string;
}

/** The argument type of a slot. */
export type SlotValue<S> = S extends Slot<infer T> ? T : never;
