import type { ExampleShape, GrammarCommand, Phrases, Slot } from '../grammar/index.ts';
import { HeedError } from '../errors.ts';

/**
 * What a mistake would cost: `high` asks before it runs, `medium` asks unless it was understood well, `low` never asks.
 */
export type Risk = 'low' | 'medium' | 'high';

/**
 * A question's words, or what makes them. Written as a method so that a definition with narrower arguments is still a
 * definition.
 */
export type Question<Args> = string | { text(args: Args): string }['text'];

/** What to ask when a phrase breaks off before a slot, by the slot's name: for every language or by ISO 639-1 code. */
export type MissingTexts = { readonly [slot: string]: string | { readonly [language: string]: string } | undefined };

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
  readonly missing?: MissingTexts;
  readonly state?: Readonly<Record<string, unknown>>;
  run(context: CommandContext<Args>): CommandResult | Promise<CommandResult>;
}

/** A loaded command: checked, complete, with its name and where it is from. */
export interface Command extends GrammarCommand {
  readonly examples: readonly ExampleShape[];
  readonly not: readonly string[];
  readonly contexts: readonly string[];
  readonly risk: Risk;
  readonly description: string;
  readonly timeoutMs?: number;
  readonly confirm?: Question<Record<string, unknown>>;
  readonly missing?: MissingTexts;
  /** JSON values that topics have until a command sets them. */
  readonly state: Readonly<Record<string, unknown>>;
  run(context: CommandContext): CommandResult | Promise<CommandResult>;
}

/** What a handler answers: nothing, or what to say and how to take it back. */
export type CommandResult = undefined | void | CommandReply;

/** What a handler has to tell. */
export interface CommandReply {
  /** Said to the speaker. */
  say?: string;
  /** Takes the command back; kept for the session's "undo". */
  undo?: Undo;
}

/** Takes a command back. Errors are told like those of a handler. */
export type Undo = (options: { signal: AbortSignal }) => unknown;

/** What a handler works with. Nothing here works any more once the command was timed out. */
export interface CommandContext<Args = Record<string, unknown>> {
  /** The values of the slots; checked. */
  readonly args: Args;
  /** The phrase as it was understood. */
  readonly phrase: string;
  /** Aborted when the time is over or heed closes. Hand it to everything that waits. */
  readonly signal: AbortSignal;
  /** The speaker: `language` is an ISO 639-1 code. */
  readonly session: { readonly id: string; readonly language: string };
  /** Says something at once, also after the handler has returned. */
  readonly say: (text: string) => void;
  readonly ask: Ask;
  /** Asks yes or no. False for no, and when no answer came. */
  readonly confirm: (question: string) => Promise<boolean>;
  /** Values that every page and service sees, by topic. */
  readonly state: CommandState;
  /** Which commands can be given: those that name contexts need one that is active. They are the session's own. */
  readonly contexts: CommandContexts;
  /** Takes back the session's last command that can be; undefined when there is none. */
  readonly undoLast: () => Promise<{ command: string; phrase: string } | undefined>;
  /** Everything that can be said now in the speaker's language. */
  readonly commands: readonly CommandInfo[];
}

/**
 * Asks the speaker; the next phrase is the answer. With a slot the answer is its value, and the question comes again
 * when it has none. Rejects when no answer came or the speaker cancelled; a handler that lets that pass ends as
 * refused.
 */
export interface Ask {
  (question: string): Promise<string>;
  <T>(question: string, options: { slot: Slot<T> }): Promise<T>;
}

/** Shared values, kept for pages and services that connect later. */
export interface CommandState {
  /**
   * A copy of the last value of a topic, undefined before the first. `T` is what the caller knows of it; nothing is
   * checked.
   */
  readonly get: <T>(topic: string) => T | undefined;
  /** Publishes a JSON value as a `state` event and keeps it. */
  readonly set: (topic: string, value: unknown) => void;
}

/** The contexts of a session. Changes hold from the next phrase on. */
export interface CommandContexts {
  /** The names of those that are active, sorted. */
  readonly active: readonly string[];
  /** Makes a context active. Throws `not-found` when no command names it. */
  readonly enter: (name: string) => void;
  /** Ends a context; one that is not active is left as it is. */
  readonly leave: (name: string) => void;
}

/** A command as help shows it, in one language. */
export interface CommandInfo {
  readonly name: string;
  readonly description: string;
  /** In one of which it can be given; empty: always. */
  readonly contexts: readonly string[];
  readonly risk: Risk;
  readonly phrases: readonly string[];
  readonly examples: readonly string[];
}

/** Thrown by a handler to tell the speaker what is wrong: the message reaches them word for word. */
export class CommandError extends HeedError {
  constructor(message: string, options?: { cause?: unknown }) {
    super('command-failed', message, options);
  }
}
