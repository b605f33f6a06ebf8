import { randomUUID } from 'node:crypto';
import { HeedError } from '../errors.ts';
import type { HeedEvent } from '../events/event.ts';
import type { GivenEntry } from '../journal/index.ts';
import type { Command, Risk } from '../registry/index.ts';
import {
  machineClock,
  type Clock,
  type CommandMatch,
  type CommandOutcome,
  type Delay,
  type HeardVoice,
  type MatchVia,
  type Speaker,
} from '../types.ts';
import { checkArgs } from './check-args.ts';
import { Claims } from './claims.ts';
import { CommandRecord } from './command-record.ts';
import { askConsent } from './consent.ts';
import { inTime } from './deadline.ts';
import { Dialog } from './dialog.ts';
import { causeOf, endingOf, internalEnding, type Ending } from './ending.ts';
import { groundOf, whyGone, whyStale, type Ground, type GroundSource } from './ground.ts';
import { HandlerRun } from './handler-run.ts';
import { neverAborted, OwnQuestions } from './own-questions.ts';
import { dueWords } from './plans/due-words.ts';
import { planCommand } from './plans/plan-command.ts';
import type { PlannedCommand } from './plans/plan.ts';
import { UnansweredError, type Answered, type ExpectedAnswer, type SpokenPhrase } from './question.ts';
import type { DispatchedSession, LastCommand, RunContext, SharedDispatch } from './run-context.ts';
import { UndoStack } from './undo-stack.ts';
import { hearVoices, VoiceRefusal, whyNotHeard, type VoiceObjection } from './voice-rule.ts';

/** How a phrase of high risk may have been understood: its own words, with nothing guessed or taken from elsewhere. */
const inFull: readonly MatchVia[] = ['exact', 'grammar'];

/** A command that passed the checks, with its arguments. */
interface Admitted {
  command: Command;
  args: Record<string, unknown>;
}

/**
 * Runs the handlers for one session. Every command goes through here, so that nothing runs twice, too late, with wrong
 * arguments, or without a yes where a mistake would be costly. It owns the session's dialog and its undo stack.
 */
export class SessionDispatcher {
  /** The questions that heed asks by itself. */
  readonly questions: OwnQuestions;
  /** A part of the keys of its commands, as the ids of sessions and segments may come again. */
  readonly #id = randomUUID();
  readonly #session: DispatchedSession;
  readonly #shared: SharedDispatch;
  readonly #dialog: Dialog;
  readonly #undo: UndoStack;
  readonly #now: GroundSource;
  readonly #clock: Clock;
  #last: LastCommand | undefined;
  #lastPlanned: { id: string; atMs: number } | undefined;
  readonly #claims = new Claims();
  readonly #runs = new Set<HandlerRun>();
  /** How many commands wait until it is known whose voice gave them. */
  #unheard = 0;
  readonly #pending = new Set<Promise<unknown>>();
  /** The reason for which every command is refused, once the session has ended or heed is closing. */
  #endReason: string | undefined;

  constructor(session: DispatchedSession, shared: SharedDispatch) {
    const { config } = shared;
    this.#session = session;
    this.#clock = session.clock ?? machineClock;
    this.#shared = shared;
    this.#dialog = new Dialog({
      timeoutMs: config.confirmTimeoutMs,
      publish: session.publish,
      clock: session.clock,
      bind: (name) => {
        const asked = this.ground();
        const command = this.#now.registry.get(name);
        return {
          whyStale: () => whyStale(name, asked, this.#now),
          ...(command?.speakers ? { whyNotHeard: (voice) => whyNotHeard(command, voice)?.reason } : {}),
        };
      },
    });
    this.#now = {
      registry: session.registry ?? shared.registry,
      contexts: session.contexts,
      isActive: session.isActive ?? (() => true),
    };
    this.questions = new OwnQuestions({
      dialog: this.#dialog,
      registry: this.#now.registry,
      isOver: () => this.#endReason !== undefined,
    });
    this.#undo = new UndoStack(config.maxUndo);
  }

  /** Runs the command of a match, unless a check or the speaker speaks against it. Never rejects. */
  async run(match: CommandMatch, context: RunContext): Promise<CommandOutcome> {
    const startedMs = performance.now();
    const record = new CommandRecord(
      { ...this.#shared, maxAgeMs: this.#shared.config.maxAgeMs },
      this.#entryOf(match, context),
    );
    const running = this.#run(match, context, record)
      .catch((error: unknown) => this.#internal(match, error))
      .then(async (ending): Promise<CommandOutcome> => {
        const outcome = { ...ending, durationMs: performance.now() - startedMs };
        // The planner has written one that is planned.
        if (outcome.status !== 'planned') await record.end(outcome);
        return outcome;
      });
    this.#pending.add(running);
    const outcome = await running;
    this.#pending.delete(running);
    if (this.#endReason !== undefined && this.#pending.size === 0) this.#shared.onIdle();
    return outcome;
  }

  /** Returns by what a phrase is understood now; see `RunContext.ground`. */
  ground(): Ground {
    return groundOf(this.#now);
  }

  /** Returns the command that was done last, if it was shortly before a time and can still be given. */
  last(atMs: number): LastCommand | undefined {
    const last = this.#last;
    if (!last || !(atMs - last.atMs <= this.#shared.config.followUpMs)) return undefined;
    const { command } = last;
    return whyGone(command.name, { commands: [command], contexts: [] }, this.#now) === undefined ? last : undefined;
  }

  /** What is planned, in all sessions, in the order in which it is due. */
  get planned(): readonly PlannedCommand[] {
    return this.#shared.planner.list();
  }

  /** Returns the command that was planned last in this session, if it was shortly before a time. */
  lastPlanned(atMs: number): PlannedCommand | undefined {
    const last = this.#lastPlanned;
    if (!last || !(atMs - last.atMs <= this.#shared.config.followUpMs)) return undefined;
    return this.planned.find(({ id }) => id === last.id);
  }

  /** Calls a planned command off; resolves to undefined when it is not planned any more. */
  cancelPlanned(id: string): Promise<PlannedCommand | undefined> {
    return this.#shared.planner.cancel(id);
  }

  /** Says when a planned command will run: "at 18:40". */
  dueWords({ due }: PlannedCommand, language: string): string {
    return dueWords(Date.parse(due), this.#shared.planner.nowMs, language);
  }

  /** Says something about a command, or about none. */
  tell(command: string, text: string): void {
    this.#dialog.say(command, text);
  }

  /** Returns the risk of a command; undefined when there is no such command. */
  riskOf(command: string): Risk | undefined {
    return this.#now.registry.get(command)?.risk;
  }

  /** Takes an answer given by button or typing. Returns false when that question is not open. */
  answer(promptId: string, text: string): boolean {
    return this.#dialog.answer(promptId, text);
  }

  /** Takes the next phrase as the answer to the open question, if it can be one. */
  answerSpoken(phrase: SpokenPhrase): Answered {
    return this.#dialog.answerSpoken(phrase);
  }

  /** Tells the dialog that the client has begun, or stopped, to speak what heed said, at a time, ms. */
  setPlaying(isPlaying: boolean, atMs?: number): void {
    this.#dialog.setPlaying(isPlaying, atMs);
  }

  /** Whether a question to the speaker is open. */
  get isAsking(): boolean {
    return this.#dialog.isAsking;
  }

  /** Ends the open question and asks nothing more, because heed is ending: what runs may run to its end. */
  stopAsking(): void {
    this.#dialog.stopAsking('heed is ending; please say it again in a moment.');
  }

  /** What the open question takes as an answer; undefined when none is open. */
  get expected(): ExpectedAnswer | undefined {
    return this.#dialog.expected;
  }

  /** Whether it matters whose voice answers the open question. */
  get needsVoice(): boolean {
    return this.#dialog.needsVoice;
  }

  /** Whether a PIN is asked for, so that what is said or typed now must be kept nowhere. */
  get isSecret(): boolean {
    return this.#dialog.isSecret;
  }

  /** The line to the speaker broke: an open question waits without a limit until `resume`. */
  hold(): void {
    this.#dialog.hold();
  }

  /** The line is back, and the speaker learns only now what these events say. */
  resume(missed: readonly HeedEvent[]): void {
    this.#dialog.resume(missed);
  }

  /** Whether the open question, if there is one, would take the text as its answer. */
  expects(text: string): boolean {
    return this.#dialog.expects(text);
  }

  /** Whether words that began at a time are probably those that heed was speaking then. */
  isOwnVoice(text: string, startedAtMs: number): boolean {
    return this.#dialog.isOwnVoice(text, startedAtMs);
  }

  /**
   * Takes back the newest command that can be undone, and returns it; undefined when there is none. Rejects with what
   * its `undo` throws, with `timeout` when that takes too long, and with `aborted` when that command has `speakers` and
   * none of the voices is one of them.
   */
  undoLast(voices: RunContext['voices'] = []): Promise<{ command: string; phrase: string } | undefined> {
    const { timeoutMs } = this.#shared.config;
    const late = new HeedError('timeout', `Taking it back took longer than ${timeoutMs / 1000} s.`);
    return inTime(timeoutMs, late, (signal) => this.#undoLast(signal, voices));
  }

  /**
   * Ends the open question and refuses all further commands, because the session is over. Handlers that are running may
   * finish. Idempotent.
   */
  end(): void {
    this.#end('The session has ended.');
  }

  /** Does what `end` does and stops the running handlers, because heed is closing. Resolves when nothing is pending. */
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

  async #run(match: CommandMatch, context: RunContext, record: CommandRecord): Promise<Ending> {
    const { config, registry, state, log } = this.#shared;
    const { contexts, id } = this.#session;
    const { language, inHandler } = context;
    // There is no await before the claim, so that two runs of the same phrase cannot both pass the checks.
    const admitted = this.#admit(match, context);
    if ('reason' in admitted) return { status: 'refused', reason: admitted.reason };
    const { command, args } = admitted;
    const ground = this.ground();
    // The speaker has moved on from a question that is still open, so a later "yes" must not answer it.
    this.#dialog.cancel('Another command was given.');
    const heard = command.speakers ? await this.#hear(command, context) : undefined;
    if (heard && 'code' in heard) return { status: 'refused', ...heard };
    const old = heard && this.#whyOld(context.spokenAtMs);
    if (old !== undefined) return { status: 'refused', reason: old };
    if (match.delay) return this.#plan(admitted, { match, delay: match.delay, context, ground });
    const run = new HandlerRun({
      command,
      args,
      phrase: match.phrase,
      key: record.key,
      session: { id, language },
      speaker: speakerOf(context.speaker, heard),
      timeoutMs: command.timeoutMs ?? config.timeoutMs,
      dialog: this.#dialog,
      undoLast: (signal) => this.#undoLast(signal, context.voices),
      state,
      contexts,
      commands: () => registry.describe(language, contexts.active),
      log,
    });
    this.#runs.add(run);
    try {
      const needsConsent = this.#needsConsent(command, match);
      const request = { command, args, phrase: match.phrase, language, signal: run.signal };
      const objection =
        (needsConsent ? await askConsent(request, { dialog: this.#dialog, pins: this.#shared.pins }) : undefined) ??
        (await record.begin()) ??
        this.#endReason ??
        // Whatever has changed by now was neither said nor agreed to.
        (needsConsent ? whyStale : whyGone)(command.name, ground, this.#now);
      if (objection !== undefined) return { status: 'refused', reason: objection };
      if (context.corrects && !(await this.#takeBack(context.corrects, context.voices)))
        return { status: 'refused', reason: 'The last command can no longer be taken back; please say all of it.' };
      const { say, undo } = await (inHandler ? inHandler(() => run.run()) : run.run());
      if (say !== undefined) this.#dialog.said(say);
      const undoable = undo && { command: command.name, ran: command, phrase: match.phrase, undo };
      if (undoable) this.#undo.push(undoable);
      const given = { ...match, args };
      this.#last = { command, match: given, ...(undoable ? { undoable } : {}), atMs: this.#clock.nowMs() };
      return { status: 'done', canUndo: undo !== undefined, ...(say === undefined ? {} : { say }) };
    } catch (error) {
      return endingOf(error, run.signal) ?? this.#internal(match, causeOf(error, run.signal));
    } finally {
      this.#runs.delete(run);
    }
  }

  /** Plans a command for later. What was said before it is no command that could be corrected or repeated then. */
  async #plan(
    { command, args }: Admitted,
    { match, delay, context, ground }: { match: CommandMatch; delay: Delay; context: RunContext; ground: Ground },
  ): Promise<Ending> {
    const { pins, planner, publish } = this.#shared;
    const { language, segmentId, spokenAtMs } = context;
    this.#last = undefined;
    const ending = await planCommand(planner, {
      command,
      args,
      match,
      delay,
      language,
      segmentId,
      agoMs: this.#clock.nowMs() - spokenAtMs,
      sessionId: this.#session.id,
      ask: ({ phrase, when }) =>
        askConsent(
          { command, args, phrase, when, language, signal: neverAborted() },
          { dialog: this.#dialog, pins },
        ).catch((error: unknown) => {
          if (error instanceof UnansweredError) return error.message;
          throw error;
        }),
      whyGone: () => this.#endReason ?? whyStale(command.name, ground, this.#now),
      isAllowed: () => this.#endReason !== undefined || this.#now.isActive(command.name),
      publish: (body) => {
        if (this.#endReason !== undefined) return publish(body);
        if (body.type === 'prompt') this.#dialog.said(body.text);
        else if (body.type === 'command.completed' && body.say !== undefined) this.#dialog.said(body.say);
        this.#session.publish(body);
      },
    });
    if (ending.status === 'planned') {
      this.#lastPlanned = { id: ending.plannedId, atMs: this.#clock.nowMs() };
      this.#dialog.said(ending.say);
    }
    return ending;
  }

  /** Returns the reason against running the command, or else what a run needs; then the phrase is claimed. */
  #admit(
    match: CommandMatch,
    { segmentId, part = 0, spokenAtMs, ground = this.ground() }: RunContext,
  ): { reason: string } | Admitted {
    const { config } = this.#shared;
    if (this.#endReason !== undefined) return { reason: this.#endReason };
    const stale = this.#whyOld(spokenAtMs);
    if (stale !== undefined) return { reason: stale };
    const gone = whyGone(match.command, ground, this.#now);
    if (gone !== undefined) return { reason: gone };
    const command = this.#now.registry.get(match.command)!;
    if (command.risk === 'high' && !inFull.includes(match.via))
      return { reason: `${command.name} runs only if it is said in full; please say all of it.` };
    if (match.via === 'model' && command.risk !== 'low')
      return { reason: `${command.name} is never run because a model has suggested it.` };
    const checked = checkArgs(command, match.args);
    if ('reason' in checked) return checked;
    if (this.#runs.size + this.#unheard >= config.maxRunning)
      return { reason: `${config.maxRunning} commands are already running; wait until one of them has finished.` };
    if (segmentId !== undefined && !this.#claims.claim(JSON.stringify([segmentId, command.name, part])))
      return { reason: 'This phrase has already been acted on.' };
    return { command, args: checked.args };
  }

  /** Takes back the command that another one corrects, unless something has been done since. */
  async #takeBack({ undoable }: LastCommand, voices: RunContext['voices']): Promise<boolean> {
    if (undoable === undefined || this.#undo.last !== undoable) return false;
    await this.undoLast(voices);
    return true;
  }

  /** Takes the newest command back, if it may be given by the voices that want that. */
  async #undoLast(
    signal: AbortSignal,
    voices: RunContext['voices'] = [],
  ): Promise<{ command: string; phrase: string } | undefined> {
    for (let last = this.#undo.last; last?.ran.speakers; last = this.#undo.last) {
      const heard = await hearVoices(last.ran, voices);
      if ('code' in heard) throw new VoiceRefusal(heard);
      // Another one may have run meanwhile.
      if (this.#undo.last === last) break;
    }
    return this.#undo.undoLast(signal);
  }

  #whyOld(spokenAtMs: number): string | undefined {
    const ageMs = this.#clock.nowMs() - spokenAtMs;
    // Negated, so that an age of NaN counts as too old.
    return !(ageMs <= this.#shared.config.maxAgeMs)
      ? `This was said ${(ageMs / 1000).toFixed(1)} s ago, which is too long; please say it again.`
      : undefined;
  }

  /** Returns whose voice gave a command that only some may give, or why it may not. */
  async #hear(command: Command, { voices = [] }: RunContext): Promise<HeardVoice | VoiceObjection> {
    this.#unheard++;
    try {
      return await hearVoices(command, voices);
    } finally {
      this.#unheard--;
    }
  }

  #needsConsent({ risk }: Command, { score }: CommandMatch): boolean {
    return risk === 'high' || (risk === 'medium' && !(score >= this.#shared.config.confirmBelow));
  }

  #internal(match: CommandMatch, error: unknown): Ending {
    return internalEnding(match, error, { log: this.#shared.log, sessionId: this.#session.id });
  }

  #entryOf({ command, phrase, args }: CommandMatch, { segmentId, part = 0, key }: RunContext): GivenEntry {
    return {
      key: key ?? (segmentId === undefined ? randomUUID() : [this.#id, segmentId, part, command].join('/')),
      sessionId: this.#session.id,
      ...(segmentId === undefined ? {} : { segmentId }),
      command,
      phrase,
      args,
    };
  }
}

/** Whose voice it was, as a handler gets it; where voices are not told apart, somebody known is called by the name. */
function speakerOf(speaker: Speaker | undefined, heard: HeardVoice | undefined): Speaker | undefined {
  const [best] = heard?.scores ?? [];
  return best ? { id: speaker?.id ?? best.name, ...best } : speaker;
}
