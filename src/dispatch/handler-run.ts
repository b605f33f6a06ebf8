import { languageOf } from '../language/index.ts';
import { z } from 'zod';
import { HeedError } from '../errors.ts';
import type { Log } from '../log.ts';
import {
  readSlot,
  slotHint,
  type Command,
  type CommandContext,
  type CommandContexts,
  type CommandInfo,
  type Undo,
} from '../registry/index.ts';
import { isCancel } from './answer-words.ts';
import { Deadline } from './deadline.ts';
import type { Dialog } from './dialog.ts';
import { UnansweredError, type AnswerMeaning } from './question.ts';
import type { UndoStack } from './undo-stack.ts';
import { yesNoQuestion } from './yes-no.ts';

/** Keeps and publishes the values that handlers share. */
export interface StateStore {
  get(topic: string): unknown;
  set(topic: string, value: unknown): void;
}

/** What a run of a handler needs. */
export interface HandlerRunOptions {
  command: Command;
  args: Record<string, unknown>;
  phrase: string;
  /** The command's idempotency key. */
  key: string;
  session: { id: string; language: string };
  timeoutMs: number;
  dialog: Dialog;
  undo: UndoStack;
  state: StateStore;
  contexts: CommandContexts;
  commands: () => readonly CommandInfo[];
  log: Log;
}

const resultSchema = z
  .object({ say: z.string().optional(), undo: z.custom<Undo>((value) => typeof value === 'function').optional() })
  .nullish();

/** What a handler returned, after it was checked. */
export type HandlerResult = { say?: string | undefined; undo?: Undo | undefined };

/** One run of one handler, with its context and its deadline. */
export class HandlerRun {
  readonly #options: HandlerRunOptions;
  readonly #abort = new AbortController();
  #deadline: Deadline | undefined;

  constructor(options: HandlerRunOptions) {
    this.#options = options;
  }

  /** Aborted when the deadline has passed or `stop` was called. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Stops the run for a reason. The signal tells its handler, which is not awaited any longer. */
  stop(reason: HeedError): void {
    this.#abort.abort(reason);
  }

  /** Runs the handler. Rejects with what it throws, or with the reason as soon as it is stopped or runs out of time. */
  async run(): Promise<HandlerResult> {
    const { command, timeoutMs } = this.#options;
    const { signal } = this.#abort;
    if (signal.aborted) throw signal.reason;
    this.#deadline = new Deadline(timeoutMs, () =>
      this.stop(new HeedError('timeout', `${command.name} took longer than ${timeoutMs / 1000} s.`)),
    );
    const stopped = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    const handler = Promise.resolve().then(() => command.run(this.#context()));
    // A handler may still fail after its run was stopped; that is harmless, because nobody awaits it any longer.
    handler.catch(() => undefined);
    try {
      return this.#check(await Promise.race([handler, stopped]));
    } finally {
      this.#deadline.end();
    }
  }

  #check(result: unknown): HandlerResult {
    const parsed = resultSchema.safeParse(result);
    if (parsed.success) return parsed.data ?? {};
    throw new HeedError(
      'bad-command',
      `The handler of ${this.#options.command.name} must return nothing or { say, undo }: ` +
        z.prettifyError(parsed.error),
    );
  }

  #context(): CommandContext {
    const { command, args, phrase, key, session, dialog, undo, state, contexts, commands } = this.#options;
    const { signal } = this.#abort;
    return {
      args,
      phrase,
      key,
      session,
      signal,
      say: (text) => {
        if (this.#mayAct('say')) dialog.say(command.name, text);
      },
      ask: <T>(question: string, options?: { slot: CommandContextSlot<T> }) => this.#ask(question, options?.slot),
      confirm: (question) =>
        this.#askYesNo(question).catch((error: unknown) => {
          if (error instanceof UnansweredError) return false;
          throw error;
        }),
      state: {
        get: <T>(topic: string) => structuredClone(state.get(topic)) as T | undefined,
        set: (topic, value) => {
          if (this.#mayAct('state.set')) state.set(topic, toJson(topic, value));
        },
      },
      contexts: {
        get active() {
          return [...contexts.active];
        },
        enter: (name) => {
          if (this.#mayAct('contexts.enter')) contexts.enter(name);
        },
        leave: (name) => {
          if (this.#mayAct('contexts.leave')) contexts.leave(name);
        },
      },
      undoLast: () => (signal.aborted ? Promise.reject(signal.reason as Error) : undo.undoLast(signal)),
      get commands() {
        return commands();
      },
    };
  }

  /**
   * What a handler does after it was stopped has no effect. It must not throw either: in the callback of a timer, an
   * error would end the process.
   */
  #mayAct(what: string): boolean {
    if (!this.#abort.signal.aborted) return true;
    this.#options.log(
      `${this.#options.command.name}: ${what} after the command was stopped has no effect; watch the signal.`,
    );
    return false;
  }

  #ask<T>(text: string, slot: CommandContextSlot<T> | undefined): Promise<T> {
    const {
      command,
      session: { language },
    } = this.#options;
    const read = (answer: string): AnswerMeaning<T> => {
      if (isCancel(answer, language)) return 'cancelled';
      // Without a slot, the value is the text of the answer, and T is string.
      const value = slot ? readSlot(slot, answer, language) : ((answer.trim() || undefined) as T | undefined);
      return value === undefined ? 'unclear' : { value };
    };
    const hint = slot ? { hint: languageOf(language).sentences.expected(slotHint(slot, language)) } : {};
    return this.#paused(() =>
      this.#options.dialog.ask({ command: command.name, kind: 'ask', text, read, ...hint, signal: this.signal }),
    );
  }

  #askYesNo(text: string): Promise<boolean> {
    const {
      command,
      session: { language },
    } = this.#options;
    const question = yesNoQuestion({
      command: command.name,
      text,
      language,
      isCostly: command.risk === 'high',
      signal: this.signal,
    });
    return this.#paused(() => this.#options.dialog.ask(question));
  }

  /** The time that the speaker takes to answer does not count against the handler's deadline. */
  async #paused<T>(ask: () => Promise<T>): Promise<T> {
    this.#deadline?.pause();
    try {
      return await ask();
    } finally {
      this.#deadline?.resume();
    }
  }
}

type CommandContextSlot<T> = Parameters<typeof readSlot<T>>[0];

function toJson(topic: string, value: unknown): unknown {
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined)
    throw new HeedError('bad-command', `state.set("${topic}", …) needs a JSON value; it was given a ${typeof value}.`);
  return JSON.parse(json);
}
