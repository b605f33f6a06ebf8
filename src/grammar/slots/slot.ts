import type { z } from 'zod';
import type { Language } from '../../language/index.ts';
import type { Pattern } from '../pattern.ts';

/** One typed gap in a phrase. `T` is the type of the argument that a handler gets. */
export interface Slot<T = unknown> {
  /** The kind: "list", "number", "date" … */
  readonly type: string;
  /** Checks a value, wherever it comes from. */
  readonly schema: z.ZodType<T>;
  /** Equal for slots that accept the same words; their part of the automaton is built once. */
  readonly key: string;
  /**
   * How little a word in this slot says about the command: 0 as much as the phrase's own words, 1 nothing. Of several
   * parses of the same words, the least vague one wins.
   */
  readonly vagueness: number;
  /** Whether a misheard word may be guessed; never true for numbers. */
  readonly guessable: boolean;
  /** Whether the value is the words as they were said, with their case and punctuation. */
  readonly isVerbatim?: true;
  /** Describes in words what is wrong with the slot itself; empty when nothing is. */
  problems(): string[];
  /** Describes in words what can be said in a language and has no value. */
  warnings?(language: Language): string[];
  /** Returns what can be said here, as a pattern without slots and rules. */
  pattern(language: Language): Pattern;
  /** Returns the value of the words, or undefined when they have none. */
  parse(words: readonly string[], language: Language): T | undefined;
  /**
   * Returns where values may end that begin at a word and are written in ways that the pattern does not list, such as a
   * number in digits.
   */
  ends?(words: readonly string[], at: number, language: Language): readonly number[];
  /** Of a slot whose values each session computes for itself; the slot itself has none. */
  readonly runTime?: RunTime<T>;
  /** Returns all values, of a slot that has a list of them. */
  values?(): readonly T[];
  /** Returns the question for a missing value when the command's author has not written one; default "Which NAME?". */
  question?(language: Language): string;
  /** Returns a few things that can be said here, for help. */
  hint(language: Language): string;
}

/** The argument type of a slot. */
export type SlotValue<S> = S extends Slot<infer T> ? T : never;

/** For whom a list is computed. */
export interface ListSituation {
  /** The speaker: `language` is an ISO 639-1 code, or "auto". */
  readonly session: { readonly id: string; readonly language: string };
  /** The contexts of this session. */
  readonly contexts: { readonly active: readonly string[] };
  /** Shared values. When one that was read here is set again, the list is computed anew. */
  readonly state: { readonly get: <T>(topic: string) => T | undefined };
}

/** How the values of a slot are found for a session, and the slot that has them. */
export interface RunTime<T> {
  compute: (situation: ListSituation) => unknown;
  /** Throws an error that says what is wrong with the values. */
  fill: (values: unknown) => Slot<T>;
}
