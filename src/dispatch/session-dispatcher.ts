import { asHeedError, HeedError } from '../errors.ts';
import type { EventBody } from '../events/event.ts';
import { languageOf } from '../language/index.ts';
import { CommandError, readableStack, type Command, type CommandContexts } from '../registry/index.ts';
import type { CommandMatch, CommandOutcome } from '../types.ts';
import { isCancel } from './answer-words.ts';
import { checkArgs } from './check-args.ts';
import { Claims } from './claims.ts';
import { Dialog, UnansweredError, type Answered, type SpokenPhrase } from './dialog.ts';
import { HandlerRun } from './handler-run.ts';
import { questionFor, type MissingSlotQuestion } from './missing.ts';
import type { DispatcherOptions, JournalEntry } from './options.ts';
import { UndoStack } from './undo-stack.ts';
import { yesNoQuestion } from './yes-no.ts';

/** The session that commands run for. */
export interface DispatchedSession {
  id: string;
  /** Its active contexts, which handlers may switch. */
  contexts: CommandContexts;
  /** Takes prompts, which are events of the session. */
  publish: (body: EventBody) => void;
}

/** What the dispatcher of a session shares with those of all others. */
export interface SharedDispatch extends DispatcherOptions {
  /** Told of every command that came, once it has ended. */
  onOutcome: (entry: JournalEntry) => void;
  /** Told once the session has ended and nothing runs for it any more. */
  onIdle: () => void;
}

/** Where a match comes from. */
export interface RunContext {
  language: string;
  /** The segment it was spoken in; absent for typed phrases. A command of a segment runs once. */
  segmentId?: string;
  /** Its place among several commands in one segment; default 0. */
  part?: number;
  /** When the phrase ended, `performance.now()` ms. */
  spokenAtMs: number;
}

/** Whether a suggested command is meant, and why not where it was asked. */
export interface Suggested {
  isMeant: boolean;
  reason?: string;
}

type Ending = CommandOutcome extends infer O ? (O extends CommandOutcome ? Omit<O, 'durationMs'> : never) : never;

/**
 * One session's way to the handlers, and the only one: nothing runs twice, stale, with wrong arguments, or unconfirmed
 * where a mistake is costly. It owns the session's dialog and what can be undone.
 */
export class SessionDispatcher {
  readonly #session: DispatchedSession;
  readonly #shared: SharedDispatch;
  readonly #dialog: Dialog;
  readonly #undo: UndoStack;
  readonly #claims = new Claims();
  readonly #runs = new Set<HandlerRun>();
  readonly #pending = new Set<Promise<unknown>>();
  /** Why nothing runs any more. */
  #endReason: string | undefined;

  constructor(session: DispatchedSession, shared: SharedDispatch) {
    const { config } = shared;
    this.#session = session;
    this.#shared = shared;
    this.#dialog = new Dialog({ timeoutMs: config.confirmTimeoutMs, publish: session.publish });
    this.#undo = new UndoStack(config.maxUndo);
  }

  /** Runs the command of a match, once everything speaks for it. Never rejects. */
  async run(match: CommandMatch, context: RunContext): Promise<CommandOutcome> {
    const startedMs = performance.now();
    const running = this.#run(match, context).catch((error: unknown) => this.#internal(match.command, error));
    this.#pending.add(running);
    const ending = await running;
    const outcome = { ...ending, durationMs: performance.now() - startedMs };
    this.#tell(match, context, outcome);
    this.#pending.delete(running);
    if (this.#endReason !== undefined && this.#pending.size === 0) this.#shared.onIdle();
    return outcome;
  }

  /** Answers an open question by button or typing. False when it is not open. */
  answer(promptId: string, text: string): boolean {
    return this.#dialog.answer(promptId, text);
  }

  /** Takes the next phrase as the answer to the open question, if it is one. */
  answerSpoken(phrase: SpokenPhrase): Answered {
    return this.#dialog.answerSpoken(phrase);
  }

  /** The client begins, or has ended, to speak what heed said. */
  setPlaying(isPlaying: boolean): void {
    this.#dialog.setPlaying(isPlaying);
  }

  /** Whether the open question takes the text as its answer. */
  expects(text: string): boolean {
    return this.#dialog.expects(text);
  }

  /**
   * Asks for what a phrase lacks to be a command. Rejects with `aborted` when no answer comes; the message is the
   * reason.
   */
  askMissing<T>(language: string, { slots, read }: MissingSlotQuestion<T>): Promise<T> {
    return this.#dialog.ask({
      command: slots[0].command,
      kind: 'ask',
      isOptional: true,
      text: questionFor(slots, (name) => this.#shared.registry.get(name), language),
      read: (answer) => (isCancel(answer, language) ? 'cancelled' : read(answer)),
      // Nobody aborts it: the dialog ends with the session, or with heed.
      signal: new AbortController().signal,
    });
  }

  /**
   * Asks whether a command is meant that was not understood surely. Only where a mistake costs little and nothing else
   * is being asked. Never rejects.
   */
  async suggest(language: string, { command, phrase }: CommandMatch): Promise<Suggested> {
    const isCheap = this.#shared.registry.get(command)?.risk === 'low';
    if (!isCheap || this.#endReason !== undefined || this.#dialog.isAsking) return { isMeant: false };
    const text = languageOf(language).sentences.confirm(phrase);
    // Nobody aborts it: the dialog ends with the session, or with heed.
    const { signal } = new AbortController();
    return this.#dialog.ask(yesNoQuestion({ command, text, language, isCostly: false, signal })).then(
      (isMeant) => (isMeant ? { isMeant } : { isMeant, reason: 'The speaker said no.' }),
      (error: unknown) => ({ isMeant: false, reason: asHeedError(error).message }),
    );
  }

  /** The session is over: its question ends unanswered and nothing runs any more; what runs may finish. Idempotent. */
  end(): void {
    this.#end('The session has ended.');
  }

  /** heed is closing: stops what runs as well. Resolves when nothing is pending. Idempotent. */
  async close(): Promise<void> {
    this.#end('heed is closing.');
    for (const run of this.#runs) run.stop(new HeedError('closed', 'heed is closing.'));
    await Promise.all(this.#pending);
  }

  #end(reason: string): void {
    this.#endReason ??= reason;
    this.#dialog.end(reason);
    if (this.#pending.size === 0) this.#shared.onIdle();
  }

  async #run(match: CommandMatch, context: RunContext): Promise<Ending> {
    const { config, registry, state, log } = this.#shared;
    const { contexts, id } = this.#session;
    const { language } = context;
    // Up to the first await nothing can come between: the checks and the claim are one step.
    const admitted = this.#admit(match, context);
    if ('reason' in admitted) return { status: 'refused', reason: admitted.reason };
    const { command, args } = admitted;
    // A question that is still open is not what the speaker is thinking of any more: a later "yes" must not reach it.
    this.#dialog.cancel('Another command was given.');
    const run = new HandlerRun({
      command,
      args,
      phrase: match.phrase,
      session: { id, language },
      timeoutMs: command.timeoutMs ?? config.timeoutMs,
      dialog: this.#dialog,
      undo: this.#undo,
      state,
      contexts,
      commands: () => registry.describe(language, contexts.active),
      log,
    });
    this.#runs.add(run);
    try {
      if (this.#needsConsent(command, match) && !(await run.askWhetherMeant()))
        return { status: 'refused', reason: 'The speaker said no.' };
      const { say, undo } = await run.run();
      if (say !== undefined) this.#dialog.said(say);
      if (undo) this.#undo.push({ command: command.name, phrase: match.phrase, undo });
      return { status: 'done', canUndo: undo !== undefined, ...(say === undefined ? {} : { say }) };
    } catch (error) {
      return this.#failure(command, error, run.signal);
    } finally {
      this.#runs.delete(run);
    }
  }

  /** Everything that speaks against running, or what is needed to run. Claims the segment. */
  #admit(
    match: CommandMatch,
    { segmentId, part = 0, spokenAtMs }: RunContext,
  ): { reason: string } | { command: Command; args: Record<string, unknown> } {
    const { config, registry } = this.#shared;
    if (this.#endReason !== undefined) return { reason: this.#endReason };
    const ageMs = performance.now() - spokenAtMs;
    // Written so that an age that is no number is too old.
    if (!(ageMs <= config.maxAgeMs))
      return { reason: `This was said ${(ageMs / 1000).toFixed(1)} s ago, which is too long; please say it again.` };
    const command = registry.get(match.command);
    if (!command) return { reason: `There is no command ${match.command} any more.` };
    const checked = checkArgs(command, match.args);
    if ('reason' in checked) return checked;
    if (this.#runs.size >= config.maxRunning)
      return { reason: `${config.maxRunning} commands are running already; wait for one of them.` };
    if (segmentId !== undefined && !this.#claims.claim(JSON.stringify([segmentId, command.name, part])))
      return { reason: 'This phrase has been acted on already.' };
    return { command, args: checked.args };
  }

  #needsConsent({ risk }: Command, { score }: CommandMatch): boolean {
    return risk === 'high' || (risk === 'medium' && !(score >= this.#shared.config.confirmBelow));
  }

  /** Only what the command's author or heed itself put into words goes out; the rest goes to the log. */
  #failure(command: Command, error: unknown, signal: AbortSignal): Ending {
    const cause = signal.aborted ? (signal.reason as unknown) : error;
    if (cause instanceof UnansweredError) return { status: 'refused', reason: cause.message };
    if (cause instanceof CommandError) return { status: 'failed', code: cause.code, message: cause.message };
    if (signal.aborted && cause instanceof HeedError)
      return { status: 'failed', code: cause.code, message: cause.message };
    return this.#internal(command.name, cause);
  }

  #internal(name: string, error: unknown): Ending {
    this.#shared.log(`${name} failed: ${readableStack(error)}`);
    return { status: 'failed', code: 'internal', message: `${name} failed; the log has the details.` };
  }

  #tell(match: CommandMatch, { segmentId }: RunContext, outcome: CommandOutcome): void {
    this.#shared.onOutcome({
      time: new Date().toISOString(),
      sessionId: this.#session.id,
      ...(segmentId === undefined ? {} : { segmentId }),
      command: match.command,
      phrase: match.phrase,
      args: match.args,
      outcome,
    });
  }
}
