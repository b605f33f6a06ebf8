import type { ExampleShape, GrammarCommand, Phrases, Slot } from '../grammar/index.ts';
import { HeedError } from '../errors.ts';
import type { Speaker } from '../types.ts';

/**
 * What a mistake would cost: `high` asks before the command runs, and a spoken yes is not enough; `medium` asks unless
 * the phrase was understood well; `low` never asks.
 */
export type Risk = 'low' | 'medium' | 'high';

/**
 * The words of a question, or a function that makes them. It is typed as a method, because then a definition with
 * narrower arguments can be assigned to the general type.
 */
export type Question<Args> = string | { text(args: Args): string | Promise<string> }['text'];

/**
 * What to ask when a phrase breaks off before a slot, by the slot's name: one text for every language, or texts by ISO
 * 639-1 code.
 */
export type MissingTexts = { readonly [slot: string]: string | { readonly [language: string]: string } | undefined };

/**
 * Phrases that, for a short while after a command, run it again with other arguments: those that the phrase fills, then
 * those of `set`, then numbers moved by `add`, within the limits of their slots. All others are as they were.
 */
export interface FollowUp {
  readonly phrases: Phrases;
  readonly set?: Readonly<Record<string, unknown>>;
  readonly add?: Readonly<Record<string, number | undefined>>;
}

/** Whose voice may give a command: anybody's who is known, or only that of some people, by name. */
export type Speakers = 'known' | readonly string[];

/** A command as its author wrote it. */
export interface CommandDefinition<Args = Record<string, unknown>> {
  readonly phrases: Phrases;
  readonly slots?: Readonly<Record<string, Slot>>;
  readonly rules?: Readonly<Record<string, string>>;
  readonly examples?: readonly ExampleShape[];
  readonly not?: readonly string[];
  readonly contexts?: readonly string[];
  readonly risk?: Risk;
  readonly description?: string;
  readonly timeoutMs?: number;
  readonly confirm?: Question<Args>;
  readonly delayable?: boolean;
  readonly confirmBySpeech?: boolean;
  readonly pin?: boolean;
  readonly speakers?: Speakers;
  readonly speakerScore?: number;
  readonly followUps?: readonly FollowUp[];
  readonly missing?: MissingTexts;
  readonly state?: Readonly<Record<string, unknown>>;
  run(context: CommandContext<Args>): CommandResult | Promise<CommandResult>;
}

/** A loaded command: checked and complete, with its name and the place it was loaded from. */
export interface Command extends GrammarCommand {
  readonly examples: readonly ExampleShape[];
  readonly not: readonly string[];
  readonly contexts: readonly string[];
  readonly risk: Risk;
  readonly description: string;
  readonly timeoutMs?: number;
  readonly confirm?: Question<Record<string, unknown>>;
  readonly delayable: boolean;
  /** Equal for commands that do the same, as far as their source says, even after a restart. */
  readonly version: string;
  /** Whether a spoken yes is enough for this command of high risk. */
  readonly confirmBySpeech: boolean;
  /** Whether nothing but the PIN is enough for this command of high risk. */
  readonly pin: boolean;
  /** Absent if any voice may give it, and if it may be typed. */
  readonly speakers?: Speakers;
  /** How surely it must be one of these voices, 0–1; default: what the model's calibration says. */
  readonly speakerScore?: number;
  readonly followUps: readonly FollowUp[];
  readonly missing?: MissingTexts;
  /** The JSON values that topics have until a command sets them. */
  readonly state: Readonly<Record<string, unknown>>;
  run(context: CommandContext): CommandResult | Promise<CommandResult>;
}

/** What a handler returns: nothing, or what to say and how to take the command back. */
export type CommandResult = undefined | void | CommandReply;

/** What a handler may return. */
export interface CommandReply {
  /** Is said to the speaker. */
  say?: string;
  /** Takes the command back; kept for the session's "undo". */
  undo?: Undo;
}

/** Takes a command back. Its errors are reported like those of a handler. */
export type Undo = (options: { signal: AbortSignal }) => unknown;

/** What a handler works with. Nothing here works any more once the command has timed out. */
export interface CommandContext<Args = Record<string, unknown>> {
  /** The values of the slots, already checked. */
  readonly args: Args;
  /** The phrase as it was understood. */
  readonly phrase: string;
  /**
   * Tells this command from all others, even after a restart: for services that take an idempotency key. Stays the same
   * however often the same part of the same segment is delivered.
   */
  readonly key: string;
  /** Aborted when the time is over or heed closes. Pass it to everything that waits. */
  readonly signal: AbortSignal;
  /** The speaker: `language` is an ISO 639-1 code. */
  readonly session: { readonly id: string; readonly language: string };
  /**
   * Whose voice gave the command, in a session that tells voices apart, and if the command has `speakers`; undefined
   * otherwise, and for what was typed or planned. A voice proves nothing: a recording can imitate it.
   */
  readonly speaker?: Speaker | undefined;
  /** Says something at once, even after the handler has returned. */
  readonly say: (text: string) => void;
  readonly ask: Ask;
  /** Asks a yes-or-no question. Resolves to false for no, and when no answer came. */
  readonly confirm: (question: string) => Promise<boolean>;
  /** Values by topic that every page and service sees. */
  readonly state: CommandState;
  /**
   * The contexts of this session, which decide what can be said: a command that names contexts needs one of them to be
   * active.
   */
  readonly contexts: CommandContexts;
  /** Takes back the session's last command that can be taken back; resolves to undefined when there is none. */
  readonly undoLast: () => Promise<{ command: string; phrase: string } | undefined>;
  /** Everything that can be said now in the speaker's language. */
  readonly commands: readonly CommandInfo[];
}

/**
 * Asks the speaker; the next phrase is the answer. With a slot, the answer is the slot's value, and the question is
 * repeated when the phrase has none. Rejects when no answer came or the speaker cancelled; a command whose handler lets
 * that error pass has the outcome `refused`.
 */
export interface Ask {
  (question: string): Promise<string>;
  <T>(question: string, options: { slot: Slot<T> }): Promise<T>;
}

/** Shared values, kept for pages and services that connect later. */
export interface CommandState {
  /**
   * Returns a copy of a topic's last value, or undefined before the first. `T` is what the caller knows about it;
   * nothing is checked.
   */
  readonly get: <T>(topic: string) => T | undefined;
  /** Publishes a JSON value as a `state` event and keeps it. */
  readonly set: (topic: string, value: unknown) => void;
}

/** The contexts of a session. Changes apply from the next phrase on. */
export interface CommandContexts {
  /** The names of the active contexts, sorted. */
  readonly active: readonly string[];
  /** Makes a context active. Throws `not-found` when no command names it. */
  readonly enter: (name: string) => void;
  /** Ends a context. Does nothing if it is not active. */
  readonly leave: (name: string) => void;
}

/** A command as help shows it, in one language. */
export interface CommandInfo {
  readonly name: string;
  readonly description: string;
  /** The command can be given when one of these is active; empty means always. */
  readonly contexts: readonly string[];
  readonly risk: Risk;
  readonly phrases: readonly string[];
  readonly examples: readonly string[];
}

/** Thrown by a handler to tell the speaker what is wrong: the message reaches the speaker word for word. */
export class CommandError extends HeedError {
  constructor(message: string, options?: { cause?: unknown }) {
    super('command-failed', message, options);
  }
}

/** The end that heed puts to a handler, which tells the speaker why. */
export class HandlerStopped extends HeedError {}
