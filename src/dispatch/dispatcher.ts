import type { Config } from '../config/index.ts';
import { asHeedError, HeedError } from '../errors.ts';
import type { EventBody } from '../events/event.ts';
import {
  CommandError,
  readableStack,
  type Command,
  type CommandContexts,
  type CommandInfo,
} from '../registry/index.ts';
import { languageOf } from '../language/index.ts';
import type { CommandMatch, CommandOutcome } from '../types.ts';
import { isCancel } from './answer-words.ts';
import { checkArgs } from './check-args.ts';
import { Dialog, UnansweredError, type Answered, type SpokenPhrase } from './dialog.ts';
import { HandlerRun, type StateStore } from './handler-run.ts';
import { questionFor, type MissingSlotQuestion } from './missing.ts';
import { SessionRecord } from './session-record.ts';
import { UndoStack } from './undo-stack.ts';
import { yesNoQuestion } from './yes-no.ts';

/** What the dispatcher needs. */
export interface DispatcherOptions {
  config: Config['dispatch'];
  registry: {
    get(name: string): Command | undefined;
    describe(language: string, active: readonly string[]): readonly CommandInfo[];
  };
  publish: (sessionId: string, body: EventBody) => unknown;
  state: StateStore;
  log: (line: string) => void;
}

/** Where a match comes from. */
export interface RunContext {
  session: { id: string; language: string };
  /** Those of the session. */
  contexts: CommandContexts;
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

/** One command that came to the dispatcher. */
export interface JournalEntry {
  /** Wall time, for display. */
  time: string;
  sessionId: string;
  segmentId?: string;
  command: string;
  phrase: string;
  args: Record<string, unknown>;
  outcome: CommandOutcome;
}

type Ending = CommandOutcome extends infer O ? (O extends CommandOutcome ? Omit<O, 'durationMs'> : never) : never;

/** Sessions that are remembered as ended, so that nothing runs for them late. */
const maxEnded = 1000;

/**
 * The one door to handlers: nothing runs twice, stale, with wrong arguments, or unconfirmed where a mistake is costly.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #sessions = new Map<string, SessionRecord>();
  readonly #ended = new Set<string>();
  readonly #journal: JournalEntry[] = [];
  readonly #pending = new Set<Promise<unknown>>();
  #state: 'open' | 'closed' = 'open';

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** What came to the door, oldest first; the last `dispatch.maxJournal` entries. */
  get journal(): readonly JournalEntry[] {
    return [...this.#journal];
  }

  /** Runs the command of a match, once everything speaks for it. Never rejects. */
  async run(match: CommandMatch, context: RunContext): Promise<CommandOutcome> {
    const startedMs = performance.now();
    const running = this.#run(match, context).catch((error: unknown) => this.#internal(match.command, error));
    this.#pending.add(running);
    const ending = await running.finally(() => this.#pending.delete(running));
    const outcome = { ...ending, durationMs: performance.now() - startedMs };
    this.#remember(match, context, outcome);
    return outcome;
  }

  /** Answers an open question by button or typing. False when it is not open. */
  answer(sessionId: string, promptId: string, text: string): boolean {
    return this.#sessions.get(sessionId)?.dialog.answer(promptId, text) ?? false;
  }

  /** Takes the session's next phrase as the answer to its open question, if it is one. */
  answerSpoken(sessionId: string, phrase: SpokenPhrase): Answered {
    return this.#sessions.get(sessionId)?.dialog.answerSpoken(phrase) ?? 'none';
  }

  /** The session's client begins, or has ended, to speak what heed said. */
  setPlaying(sessionId: string, isPlaying: boolean): void {
    if (this.#state === 'open' && !this.#ended.has(sessionId)) this.#recordOf(sessionId).dialog.setPlaying(isPlaying);
  }

  /** Whether the session's open question takes the text as its answer. */
  expects(sessionId: string, text: string): boolean {
    return this.#sessions.get(sessionId)?.dialog.expects(text) ?? false;
  }

  /**
   * Asks for what a phrase lacks to be a command. Rejects with `aborted` when no answer comes; the message is the
   * reason.
   */
  async askMissing<T>(session: RunContext['session'], { slots, read }: MissingSlotQuestion<T>): Promise<T> {
    if (this.#state === 'closed') throw new UnansweredError('heed is closing.');
    if (this.#ended.has(session.id)) throw new UnansweredError('The session has ended.');
    return this.#recordOf(session.id).dialog.ask({
      command: slots[0].command,
      kind: 'ask',
      isOptional: true,
      text: questionFor(slots, (name) => this.#options.registry.get(name), session.language),
      read: (answer) => (isCancel(answer, session.language) ? 'cancelled' : read(answer)),
      // Nobody aborts it: the dialog ends with the session, or with heed.
      signal: new AbortController().signal,
    });
  }

  /**
   * Asks whether a command is meant that was not understood surely. Only where a mistake costs little and nothing else
   * is being asked. Never rejects.
   */
  async suggest(session: RunContext['session'], { command, phrase }: CommandMatch): Promise<Suggested> {
    const isCheap = this.#options.registry.get(command)?.risk === 'low';
    if (!isCheap || this.#state === 'closed' || this.#ended.has(session.id)) return { isMeant: false };
    const { dialog } = this.#recordOf(session.id);
    if (dialog.isAsking) return { isMeant: false };
    const text = languageOf(session.language).sentences.confirm(phrase);
    // Nobody aborts it: the dialog ends with the session, or with heed.
    const question = yesNoQuestion({
      command,
      text,
      language: session.language,
      isCostly: false,
      signal: new AbortController().signal,
    });
    return dialog.ask(question).then(
      (isMeant) => (isMeant ? { isMeant } : { isMeant, reason: 'The speaker said no.' }),
      (error: unknown) => ({ isMeant: false, reason: asHeedError(error).message }),
    );
  }

  /** The session is over: its question ends unanswered and nothing runs for it any more; what runs may finish. */
  endSession(sessionId: string): void {
    this.#sessions.get(sessionId)?.dialog.end('The session ended.');
    this.#sessions.delete(sessionId);
    this.#ended.add(sessionId);
    if (this.#ended.size > maxEnded) this.#ended.delete(this.#ended.values().next().value!);
  }

  /** Stops what runs and refuses everything after. Idempotent. */
  async close(): Promise<void> {
    this.#state = 'closed';
    for (const { dialog, running } of this.#sessions.values()) {
      dialog.end('heed is closing.');
      for (const run of running) run.stop(new HeedError('closed', 'heed is closing.'));
    }
    await Promise.all(this.#pending);
  }

  async #run(match: CommandMatch, context: RunContext): Promise<Ending> {
    const { config, registry, state, log } = this.#options;
    // Up to the first await nothing can come between: the checks and the claim are one step.
    const admitted = this.#admit(match, context);
    if ('reason' in admitted) return { status: 'refused', reason: admitted.reason };
    const { command, args, record } = admitted;
    // A question that is still open is not what the speaker is thinking of any more: a later "yes" must not reach it.
    record.dialog.cancel('Another command was given.');
    const { session, contexts } = context;
    const run = new HandlerRun({
      command,
      args,
      phrase: match.phrase,
      session,
      timeoutMs: command.timeoutMs ?? config.timeoutMs,
      dialog: record.dialog,
      undo: record.undo,
      state,
      contexts,
      commands: () => registry.describe(session.language, contexts.active),
      log,
    });
    record.running.add(run);
    try {
      if (this.#needsConsent(command, match) && !(await run.askWhetherMeant()))
        return { status: 'refused', reason: 'The speaker said no.' };
      const { say, undo } = await run.run();
      if (say !== undefined) record.dialog.said(say);
      if (undo) record.undo.push({ command: command.name, phrase: match.phrase, undo });
      return { status: 'done', canUndo: undo !== undefined, ...(say === undefined ? {} : { say }) };
    } catch (error) {
      return this.#failure(command, error, run.signal);
    } finally {
      record.running.delete(run);
    }
  }

  /** Everything that speaks against running, or what is needed to run. Claims the segment. */
  #admit(
    match: CommandMatch,
    context: RunContext,
  ): { reason: string } | { command: Command; args: Record<string, unknown>; record: SessionRecord } {
    const { config, registry } = this.#options;
    const { session, segmentId, part = 0, spokenAtMs } = context;
    if (this.#state === 'closed') return { reason: 'heed is closing.' };
    if (this.#ended.has(session.id)) return { reason: 'The session has ended.' };
    const ageMs = performance.now() - spokenAtMs;
    // Written so that an age that is no number is too old.
    if (!(ageMs <= config.maxAgeMs))
      return { reason: `This was said ${(ageMs / 1000).toFixed(1)} s ago, which is too long; please say it again.` };
    const command = registry.get(match.command);
    if (!command) return { reason: `There is no command ${match.command} any more.` };
    const checked = checkArgs(command, match.args);
    if ('reason' in checked) return checked;
    const record = this.#recordOf(session.id);
    if (record.running.size >= config.maxRunning)
      return { reason: `${config.maxRunning} commands are running already; wait for one of them.` };
    if (segmentId !== undefined && !record.claim(JSON.stringify([segmentId, command.name, part])))
      return { reason: 'This phrase has been acted on already.' };
    return { command, args: checked.args, record };
  }

  #needsConsent({ risk }: Command, { score }: CommandMatch): boolean {
    return risk === 'high' || (risk === 'medium' && !(score >= this.#options.config.confirmBelow));
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
    this.#options.log(`${name} failed: ${readableStack(error)}`);
    return { status: 'failed', code: 'internal', message: `${name} failed; the log has the details.` };
  }

  #recordOf(sessionId: string): SessionRecord {
    const { config, publish } = this.#options;
    let record = this.#sessions.get(sessionId);
    if (!record) {
      const dialog = new Dialog({ timeoutMs: config.confirmTimeoutMs, publish: (body) => publish(sessionId, body) });
      record = new SessionRecord(dialog, new UndoStack(config.maxUndo));
      this.#sessions.set(sessionId, record);
    }
    return record;
  }

  #remember(match: CommandMatch, context: RunContext, outcome: CommandOutcome): void {
    const { session, segmentId } = context;
    this.#journal.push({
      time: new Date().toISOString(),
      sessionId: session.id,
      ...(segmentId === undefined ? {} : { segmentId }),
      command: match.command,
      phrase: match.phrase,
      args: match.args,
      outcome,
    });
    if (this.#journal.length > this.#options.config.maxJournal) this.#journal.shift();
  }
}
