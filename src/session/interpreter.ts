import { outcomeEvent, type AnsweredBy, type CommandRunner, type Ground, type LastCommand } from '../dispatch/index.ts';
import type { EventBody } from '../events/event.ts';
import { understandText, understandTranscript } from '../match/understand.ts';
import { hearWake, withoutWake, type Matcher, type MatchResult } from '../match/index.ts';
import type { SessionTrace } from '../trace/index.ts';
import type { Clock, CommandMatch, Transcript } from '../types.ts';
import type { Addressing, Spoken } from './addressing.ts';
import type { Asked } from './asked.ts';
import { askAbout, minAskConfidence } from './asking.ts';
import { goBack, type GoneBack } from './go-back.ts';
import type { PhraseSource, Understood } from './phrase-source.ts';
import { answerWish, plannedWish, type PlannedWish } from './planned-words.ts';
import type { Replies, Reply } from './replies.ts';

/** What an interpreter needs. */
export interface InterpreterOptions {
  /** Returns the language that typed phrases are taken to be in at the moment. */
  language: () => string;
  matcher: (language: string) => Matcher;
  dispatcher: CommandRunner;
  /** Finds the command that was probably meant when words match none. Never rejects. Absent without such a model. */
  suggest?: (unmatched: { text: string; result: MatchResult; matcher: Matcher }) => Promise<CommandMatch | undefined>;
  /** Absent where everything that is said is meant for heed. */
  addressing?: Addressing;
  /** Knows what can be said besides commands. */
  replies: Pick<Replies, 'understand'>;
  publish: (body: EventBody) => void;
  clock: Pick<Clock, 'nowMs'>;
  /** Records how each phrase was understood. */
  trace?: SessionTrace;
}

/** What is kept about a phrase that lacks the wake phrase. */
const notAddressed: MatchResult = {
  candidates: [],
  completeness: 'none',
  reason: 'This was not addressed to heed: it does not begin with the wake phrase.',
};

/** Turns a phrase into a command, has the dispatcher run it, and publishes the events that report both. */
export class Interpreter {
  readonly #options: InterpreterOptions;
  /** How many phrases have come. */
  #phrases = 0;

  constructor(options: InterpreterOptions) {
    this.#options = options;
  }

  /** Returns how a transcript would be understood now; runs nothing. */
  understand(transcript: Transcript, spoken: Spoken): Understood {
    const { addressing, dispatcher, replies, matcher: matcherOf } = this.#options;
    const matcher = matcherOf(transcript.language);
    const needsWake = addressing?.needsWake(spoken) === true;
    return timed(() => {
      const words = addressing?.words(transcript.language);
      const heard = words && hearWake(transcript, words, matcher.grammar);
      const isHeard = heard && heard.kind !== 'none' && !(needsWake && addressing?.isOwnVoice(transcript.text, spoken));
      if (isHeard && heard.kind === 'alone')
        return {
          result: { candidates: [], completeness: 'extendable', reason: 'This is the wake phrase alone.' },
          wake: heard.phrase,
        };
      const moment = { startedAtMs: spoken.startedAtMs, language: transcript.language };
      const said = isHeard && heard.kind === 'command' ? heard.rest : transcript;
      const reply = replies.understand(said, matcher, moment);
      const isAnswer = reply?.kind === 'answer' || dispatcher.expects(transcript.text);
      if (needsWake && !isHeard)
        return { result: notAddressed, isTalk: !isAnswer, ...(reply?.kind === 'answer' ? { reply } : {}) };
      return { result: understandTranscript(matcher, said), said: said.text, ...(reply ? { reply } : {}) };
    });
  }

  /** Whether a transcript is a command that can be given now, a wake phrase, or an answer to the open question. */
  expects(transcript: Transcript, spoken: Spoken): boolean {
    if (this.#options.dispatcher.expects(transcript.text)) return true;
    const { result, wake, reply } = this.understand(transcript, spoken);
    return result.match !== undefined || wake !== undefined || reply !== undefined;
  }

  /**
   * Understands a whole phrase and runs its commands, after asking the speaker for any slot that was left out. Resolves
   * when the handlers have finished.
   */
  async interpret(text: string, source: PhraseSource): Promise<void> {
    const { dispatcher, trace, addressing } = this.#options;
    const { segmentId, speech, spokenAtMs } = source;
    this.#phrases++;
    const { reply } = source.understood ?? {};
    const held = reply?.kind === 'answer' ? { held: reply.phrase } : {};
    const answered = dispatcher.answerSpoken({ text, ...held, spokenAtMs, ...(speech ? { speech } : {}) });
    // What was said while a PIN was asked for, and looks like one, is told to nobody.
    if (answered === 'answer' || source.isSecret === true) return;
    if (answered !== 'none') {
      this.#publishUnmatched(text, source, { candidates: [], reason: answered.reason });
      return;
    }
    const { result, matchMs, wake, said = text } = source.understood ?? this.#understandTyped(text, source);
    trace?.understood(segmentId, result);
    const { match, completeness } = result;
    source.spans?.understood({ command: match?.command, score: match?.score, completeness, tookMs: matchMs });
    // Ordinary talk brings no event, or every sentence in a room would.
    if (result === notAddressed) return;
    const timing: Record<string, number> = { ...source.timing, match: matchMs };
    // What is said exactly needs no command before it.
    const isWhole = match?.via === 'exact' || wake !== undefined;
    const wish = isWhole ? undefined : this.#wishOf(text, source);
    const back = isWhole || wish !== undefined ? undefined : this.#backOf(text, source, reply);
    if (wake !== undefined)
      addressing?.wake(wake, { segmentId, ...(source.isLate === true ? { lateAtMs: spokenAtMs } : {}) });
    else if (wish !== undefined) {
      addressing?.commanded();
      await answerWish(wish, { language: this.#languageOf(source), atMs: spokenAtMs, dispatcher });
    } else if (back) await this.#goBack(back, text, source, timing);
    else if (result.match) {
      addressing?.commanded();
      await this.#runAll([result.match, ...(result.also ?? [])], source, timing);
    } else {
      const ground = dispatcher.ground();
      const confidence = source.transcript?.confidence ?? 1;
      const { suggest } = this.#options;
      const known = suggest && confidence >= minAskConfidence ? await this.#suggested(said, source, result) : result;
      if (known.suggestedInMs !== undefined) timing['model'] = known.suggestedInMs;
      const answers: AnsweredBy[] = [];
      const asking = askAbout(text, known, {
        language: this.#languageOf(source),
        matcher: this.#matcher(source),
        confidence,
        dispatcher,
        onAnswered: (by) => answers.push(by),
      });
      const asked: Asked = asking ? await asking : {};
      if ('match' in asked) return this.#runAnswered(asked.match, source, { timing, ground, answers });
      const reasons = [result.reason, asked.reason].filter((part) => part !== undefined);
      this.#publishUnmatched(text, source, reasons.length > 0 ? { ...result, reason: reasons.join(' ') } : result);
    }
  }

  /** Returns what the phrase wants of what is planned, where something can be. */
  #wishOf(text: string, source: PhraseSource): PlannedWish | undefined {
    const { dispatcher } = this.#options;
    const canBePlanned = dispatcher.ground().commands.some(({ delayable }) => delayable);
    return canBePlanned || dispatcher.planned.length > 0
      ? plannedWish(this.#withoutWake(text, source), this.#languageOf(source))
      : undefined;
  }

  /** Returns what the phrase makes of the command that was given shortly before it began. */
  #backOf(text: string, source: PhraseSource, reply: Reply | undefined): GoneBack | undefined {
    const last = this.#options.dispatcher.last(source.speech?.startedAtMs ?? source.spokenAtMs);
    if (!last) return undefined;
    const language = this.#languageOf(source);
    if (reply?.kind === 'back') return goBack(reply.phrase, last, { language, confidence: reply.score });
    const confidence = source.transcript?.confidence ?? 1;
    return goBack(this.#withoutWake(text, source), last, { language, confidence });
  }

  #withoutWake(text: string, source: PhraseSource): string {
    const wake = this.#options.addressing?.words(this.#languageOf(source));
    return wake ? withoutWake(text, wake, this.#matcher(source).grammar) : text;
  }

  async #goBack(back: GoneBack, text: string, source: PhraseSource, timing: Record<string, number>): Promise<void> {
    const { addressing, dispatcher } = this.#options;
    addressing?.commanded();
    if ('reason' in back) return this.#publishUnmatched(text, source, { candidates: [], reason: back.reason });
    const { match, corrects } = back;
    await this.#run(match, source, { timing, ground: dispatcher.ground(), part: 0, corrects });
  }

  /** Returns the result with what the model suggests, unless the speaker has moved on meanwhile. */
  async #suggested(text: string, source: PhraseSource, result: MatchResult): Promise<MatchResult> {
    const phrase = this.#phrases;
    const startedMs = performance.now();
    const suggestion = await this.#options.suggest!({ text, result, matcher: this.#matcher(source) });
    if (!suggestion || phrase !== this.#phrases) return result;
    const suggested = { ...result, suggestion, suggestedInMs: performance.now() - startedMs };
    this.#options.trace?.understood(source.segmentId, suggested);
    return suggested;
  }

  /** Typed phrases need no wake phrase, but may have one. */
  #understandTyped(text: string, source: PhraseSource): Understood {
    return timed(() => {
      const said = this.#withoutWake(text, source);
      return { result: understandText(this.#matcher(source), said), said };
    });
  }

  /** Runs a command that an answer has made whole: it is as old as the answer. */
  async #runAnswered(
    match: CommandMatch,
    source: PhraseSource,
    understood: { timing: Record<string, number>; ground: Ground; answers: readonly AnsweredBy[] },
  ): Promise<void> {
    const { addressing, clock } = this.#options;
    addressing?.commanded();
    await this.#run(match, { ...source, spokenAtMs: clock.nowMs() }, { ...understood, part: 0 });
  }

  /**
   * Runs the commands one after the other, each with its own confirmation rules. They were spoken in one breath:
   * therefore none counts as surer than the first, and none grows too old while an earlier one asks or runs.
   */
  async #runAll(
    [first, ...others]: readonly [CommandMatch, ...CommandMatch[]],
    source: PhraseSource,
    timing: Record<string, number>,
  ): Promise<void> {
    const { clock, dispatcher } = this.#options;
    const startedAtMs = clock.nowMs();
    const ground = dispatcher.ground();
    await this.#run(first, source, { timing, ground, part: 0 });
    for (const [i, match] of others.entries()) {
      const spokenAtMs = source.spokenAtMs + clock.nowMs() - startedAtMs;
      await this.#run(
        { ...match, score: Math.min(match.score, first.score), via: first.via },
        { ...source, spokenAtMs },
        { timing, ground, part: i + 1 },
      );
    }
  }

  async #run(
    match: CommandMatch,
    source: PhraseSource,
    {
      timing,
      ground,
      part,
      corrects,
      answers = [],
    }: {
      timing: Record<string, number>;
      ground: Ground;
      part: number;
      corrects?: LastCommand | undefined;
      answers?: readonly AnsweredBy[];
    },
  ): Promise<void> {
    const { dispatcher, publish } = this.#options;
    const { segmentId, spokenAtMs, spans } = source;
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
      ...(source.transcript?.speaker ? { speaker: source.transcript.speaker } : {}),
      voices: [source, ...answers].map(({ speech }) => speech?.voice),
      part,
      ground,
      ...(corrects ? { corrects } : {}),
      spokenAtMs,
      ...(spans ? { inHandler: (run) => spans.handler(match.command, run) } : {}),
    });
    publish(outcomeEvent(outcome, command, timing));
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

function segmentField({ segmentId }: PhraseSource): { segment_id?: string } {
  return segmentId === undefined ? {} : { segment_id: segmentId };
}

function timed(work: () => Omit<Understood, 'matchMs'>): Understood {
  const startedMs = performance.now();
  const understood = work();
  return { ...understood, matchMs: performance.now() - startedMs };
}
