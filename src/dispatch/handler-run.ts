import { languageOf } from '../language/index.ts';
import { HeedError } from '../errors.ts';
import type { Log } from '../log.ts';
import {
  checkResult,
  HandlerLimits,
  readSlot,
  slotHint,
  stateJson,
  type Command,
  type CommandContext,
  type CommandContexts,
  type CommandInfo,
  type HandlerResult,
} from '../registry/index.ts';
import { slotPhrases } from './answer-phrases.ts';
import { isCancel } from './answer-words.ts';
import { Deadline } from './deadline.ts';
import type { Dialog } from './dialog.ts';
import { UnansweredError, type AnswerMeaning } from './question.ts';
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
  speaker?: CommandContext['speaker'];
  timeoutMs: number;
  dialog: Pick<Dialog, 'ask' | 'say'>;
  /** Takes back the session's last command that can be taken back. */
  undoLast: (signal: AbortSignal) => Promise<{ command: string; phrase: string } | undefined>;
  state: StateStore;
  contexts: CommandContexts;
  commands: () => readonly CommandInfo[];
  log: Log;
}

/** One run of one handler, with its context and its deadline. */
export class HandlerRun {
  readonly #options: HandlerRunOptions;
  readonly #abort = new AbortController();
  readonly #limits = new HandlerLimits();
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
    const checked = checkResult(result, this.#options.command.name);
    const error = checked.say === undefined ? undefined : this.#limits.spend('say', checked.say.length);
    if (error) throw error;
    return checked;
  }

  #context(): CommandContext {
    const { command, args, phrase, key, session, speaker, dialog, undoLast, state, contexts, commands } = this.#options;
    const { signal } = this.#abort;
    return {
      args,
      phrase,
      key,
      session,
      speaker,
      signal,
      say: (text) => {
        if (this.#mayAct('say', text.length)) dialog.say(command.name, text);
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
          const json = stateJson(topic, value);
          if (this.#mayAct('state.set', json.length)) state.set(topic, JSON.parse(json));
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
      undoLast: () => (signal.aborted ? Promise.reject(signal.reason as Error) : undoLast(signal)),
      get commands() {
        return commands();
      },
    };
  }

  /**
   * What a handler does after it was stopped has no effect, and too much stops it. Neither must throw: in the callback
   * of a timer, an error would end the process.
   */
  #mayAct(what: Parameters<HandlerLimits['spend']>[0], size = 0): boolean {
    const error = this.#abort.signal.aborted ? undefined : this.#limits.spend(what, size);
    if (error) this.stop(error);
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
    const expected = slot && {
      hint: languageOf(language).sentences.expected(slotHint(slot, language)),
      answers: slotPhrases([slot], language),
    };
    return this.#paused(() =>
      this.#options.dialog.ask({ command: command.name, kind: 'ask', text, read, ...expected, signal: this.signal }),
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
