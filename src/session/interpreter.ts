import type { CommandDoor, SpeechEvidence, MissingSlotName } from '../dispatch/index.ts';
import { asHeedError } from '../errors.ts';
import type { EventBody } from '../events/event.ts';
import type { Beginning, Continuation } from '../grammar/index.ts';
import { understandText, understandTranscript } from '../match/understand.ts';
import { beginningReason, type Matcher, type MatchResult } from '../match/index.ts';
import { readSlot } from '../registry/index.ts';
import type { SessionTrace } from '../trace/index.ts';
import type { CommandMatch, Transcript } from '../types.ts';

/** What the interpreter works with. */
export interface InterpreterOptions {
  /** The language of typed phrases, as it is now. */
  language: () => string;
  matcher: (language: string) => Matcher;
  dispatcher: CommandDoor;
  publish: (body: EventBody) => void;
  /** Watches how phrases come about. */
  trace?: SessionTrace;
}

/** Where a phrase came from. */
export interface PhraseSource {
  segmentId?: string;
  language?: string;
  /** The readings behind the text, when it was spoken. */
  transcript?: Transcript;
  /** How sure it was, when it was spoken. */
  speech?: SpeechEvidence;
  /** How it was understood, when that is known already. */
  understood?: Understood;
  /** When the phrase ended, `performance.now()` ms; a stale phrase runs nothing. */
  spokenAtMs: number;
  timing?: Record<string, number>;
}

/** How a phrase was understood, and the time that took. */
export interface Understood {
  result: MatchResult;
  matchMs: number;
}

/** Words heard less surely than this, mean token probability, bring no question. */
const minAskConfidence = 0.4;

/** Final phrase → command → handler, with the events that tell of it. */
export class Interpreter {
  readonly #options: InterpreterOptions;

  constructor(options: InterpreterOptions) {
    this.#options = options;
  }

  /** How a transcript would be understood now; runs nothing. */
  understand(transcript: Transcript): Understood {
    return timed(() => understandTranscript(this.#options.matcher(transcript.language), transcript));
  }

  /** Whether a transcript is a command or an answer of this moment. */
  expects(transcript: Transcript): boolean {
    const { dispatcher } = this.#options;
    return dispatcher.expects(transcript.text) || this.understand(transcript).result.match !== undefined;
  }

  /**
   * Understands a final phrase and runs its command, after asking for what it lacks. Resolves when the handler has
   * finished.
   */
  async interpret(text: string, source: PhraseSource): Promise<void> {
    const { dispatcher, trace } = this.#options;
    const { segmentId, transcript, speech, spokenAtMs } = source;
    const answered = dispatcher.answerSpoken({ text, spokenAtMs, ...(speech ? { speech } : {}) });
    if (answered === 'answer') return;
    if (answered !== 'none') {
      this.#publishUnmatched(text, source, { candidates: [], reason: answered.reason });
      return;
    }
    const { result, matchMs } =
      source.understood ??
      (transcript ? this.understand(transcript) : timed(() => understandText(this.#matcher(source), text)));
    trace?.understood(segmentId, result);
    const timing = { ...source.timing, match: matchMs };
    if (result.match) {
      await this.#runAll([result.match, ...(result.also ?? [])], source, timing);
    } else if (result.beginning && (transcript?.confidence ?? 1) >= minAskConfidence) {
      await this.#ask(text, source, { result, beginning: result.beginning, timing });
    } else if (result.suggestion) await this.#suggest(text, source, { result, suggestion: result.suggestion, timing });
    else this.#publishUnmatched(text, source, result);
  }

  /** Asks whether a command is meant, and runs it after a yes. */
  async #suggest(
    text: string,
    source: PhraseSource,
    { result, suggestion, timing }: { result: MatchResult; suggestion: CommandMatch; timing: Record<string, number> },
  ): Promise<void> {
    const { isMeant, reason } = await this.#options.dispatcher.suggest(this.#languageOf(source), suggestion);
    if (isMeant) await this.#run(suggestion, { ...source, spokenAtMs: performance.now() }, { timing, part: 0 });
    else
      this.#publishUnmatched(
        text,
        source,
        reason === undefined
          ? result
          : { ...result, reason: [result.reason, reason].filter((part) => part !== undefined).join(' ') },
      );
  }

  /** Asks for what a phrase lacks, and runs the command when all of it is there. */
  async #ask(
    text: string,
    source: PhraseSource,
    { result, beginning, timing }: { result: MatchResult; beginning: Beginning; timing: Record<string, number> },
  ): Promise<void> {
    let match: CommandMatch;
    try {
      match = await this.#complete(text, source, beginning);
    } catch (error) {
      const { code, message } = asHeedError(error);
      if (code !== 'aborted') throw error;
      this.#publishUnmatched(text, source, { ...result, reason: `${result.reason ?? beginningReason} ${message}` });
      return;
    }
    await this.#run(match, { ...source, spokenAtMs: performance.now() }, { timing, part: 0 });
  }

  /** The first answer also tells which command is meant, where several come into question. */
  async #complete(text: string, source: PhraseSource, { others = [], ...first }: Beginning): Promise<CommandMatch> {
    const said = [text];
    const filled: Record<string, unknown> = {};
    let open: readonly [Continuation, ...Continuation[]] = [first, ...others];
    for (let at = 0; ; at++) {
      const answer = await this.#askFor(open, at, source, said.join(' '));
      if ('match' in answer) return answer.match;
      const { meant, value, words } = answer;
      open = [meant];
      filled[meant.missing[at]!.name] = value;
      said.push(words);
      if (at + 1 < meant.missing.length) continue;
      return {
        command: meant.command.name,
        args: { ...meant.args, ...filled },
        score: source.transcript?.confidence ?? 1,
        via: 'exact',
        phrase: said.join(' '),
        candidates: [],
      };
    }
  }

  #askFor(
    open: readonly [Continuation, ...Continuation[]],
    at: number,
    source: PhraseSource,
    before: string,
  ): Promise<Answer> {
    const nameOf = ({ command, missing }: Continuation): MissingSlotName => ({
      command: command.name,
      name: missing[at]!.name,
    });
    const [first, ...others] = open;
    return this.#options.dispatcher.askMissing(this.#languageOf(source), {
      slots: [nameOf(first), ...others.map(nameOf)],
      read: (words) => this.#readAnswer(words, source, { open, at, before }),
    });
  }

  /**
   * An answer is the value of a slot, or it goes on with the phrase. A value that was begun already is rather said anew
   * than gone on with.
   */
  #readAnswer(
    words: string,
    source: PhraseSource,
    { open, at, before }: { open: readonly Continuation[]; at: number; before: string },
  ): { value: Answer } | 'unsure' | 'unclear' {
    const values = open.flatMap((meant) => {
      const value = readSlot(meant.missing[at]!.slot, words, this.#languageOf(source));
      return value === undefined ? [] : [{ meant, value, words }];
    });
    const [only, ...more] = values;
    if (only && more.length === 0 && only.meant.isInside && at === 0) return { value: only };
    const { match } = this.#matcher(source).match(`${before} ${words}`);
    if (match?.via === 'exact') return { value: { match } };
    if (more.length > 0) return 'unsure';
    return only ? { value: only } : 'unclear';
  }

  /**
   * One after the other, each by its own rules. All were heard as one: none is surer than the first, and none grows old
   * while an earlier one asks or runs.
   */
  async #runAll(
    [first, ...others]: readonly [CommandMatch, ...CommandMatch[]],
    source: PhraseSource,
    timing: Record<string, number>,
  ): Promise<void> {
    const startedAtMs = performance.now();
    await this.#run(first, source, { timing, part: 0 });
    for (const [i, match] of others.entries()) {
      const spokenAtMs = source.spokenAtMs + performance.now() - startedAtMs;
      await this.#run(
        { ...match, score: Math.min(match.score, first.score), via: first.via },
        { ...source, spokenAtMs },
        { timing, part: i + 1 },
      );
    }
  }

  async #run(
    match: CommandMatch,
    source: PhraseSource,
    { timing, part }: { timing: Record<string, number>; part: number },
  ): Promise<void> {
    const { dispatcher, publish } = this.#options;
    const { segmentId, spokenAtMs } = source;
    const command = { ...segmentField(source), command: match.command, args: match.args };
    publish({
      type: 'command.matched',
      ...command,
      phrase: match.phrase,
      score: match.score,
      via: match.via,
      candidates: match.candidates,
    });
    const outcome = await dispatcher.run(match, {
      language: this.#languageOf(source),
      ...(segmentId === undefined ? {} : { segmentId }),
      part,
      spokenAtMs,
    });
    if (outcome.status === 'done') {
      publish({
        type: 'command.completed',
        ...command,
        can_undo: outcome.canUndo,
        duration_ms: outcome.durationMs,
        timing: { ...timing, run: outcome.durationMs },
        ...(outcome.say === undefined ? {} : { say: outcome.say }),
      });
    } else if (outcome.status === 'failed') {
      publish({
        type: 'command.failed',
        ...command,
        code: outcome.code,
        message: outcome.message,
        duration_ms: outcome.durationMs,
      });
    } else publish({ type: 'command.refused', ...command, reason: outcome.reason });
  }

  #publishUnmatched(
    text: string,
    source: PhraseSource,
    {
      reason = 'No command sounds like this.',
      candidates,
      unknown,
    }: Pick<MatchResult, 'reason' | 'candidates' | 'unknown'>,
  ): void {
    this.#options.publish({
      type: 'command.unmatched',
      ...segmentField(source),
      text,
      reason,
      candidates,
      ...(unknown ? { unknown } : {}),
    });
  }

  #matcher(source: PhraseSource): Matcher {
    return this.#options.matcher(this.#languageOf(source));
  }

  #languageOf({ language = this.#options.language() }: PhraseSource): string {
    return language;
  }
}

/** What an answer came to: a value of a slot and the command that is meant by it, or the whole command. */
type Answer = { meant: Continuation; value: unknown; words: string } | { match: CommandMatch };

function segmentField({ segmentId }: PhraseSource): { segment_id?: string } {
  return segmentId === undefined ? {} : { segment_id: segmentId };
}

function timed(work: () => MatchResult): Understood {
  const startedMs = performance.now();
  const result = work();
  return { result, matchMs: performance.now() - startedMs };
}
