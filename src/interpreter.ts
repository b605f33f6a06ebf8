import type { CommandDoor } from './dispatch/index.ts';
import type { EventBody } from './events/event.ts';
import { understandTranscript } from './match/understand.ts';
import type { Matcher, MatchResult } from './match/index.ts';
import type { SessionTrace } from './trace/index.ts';
import type { CommandMatch, Transcript } from './types.ts';

/** What the interpreter works with. */
export interface InterpreterOptions {
  sessionId: string;
  language: string;
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
  /** When the phrase ended, `performance.now()` ms; a stale phrase runs nothing. */
  spokenAtMs: number;
  timing?: Record<string, number>;
}

/** Final phrase → command → handler, with the events that tell of it. */
export class Interpreter {
  readonly #options: InterpreterOptions;

  constructor(options: InterpreterOptions) {
    this.#options = options;
  }

  /** How a transcript would be understood now; runs nothing. */
  understand(transcript: Transcript): MatchResult {
    return understandTranscript(this.#options.matcher(transcript.language), transcript);
  }

  /** Understands a final phrase and runs its command. Resolves when the handler has finished. */
  async hear(text: string, source: PhraseSource): Promise<void> {
    const { dispatcher, sessionId, publish, trace } = this.#options;
    const fields = source.segmentId === undefined ? {} : { segment_id: source.segmentId };
    if (dispatcher.answerSpoken(sessionId, { text, spokenAtMs: source.spokenAtMs })) return;
    const startedMs = performance.now();
    const result = source.transcript ? this.understand(source.transcript) : this.#options.matcher(this.#options.language).match(text);
    const matchMs = performance.now() - startedMs;
    trace?.understood(source.segmentId, result);
    if (!result.match) {
      publish({ type: 'command.unmatched', ...fields, text, reason: result.reason ?? 'No command sounds like this.', candidates: result.candidates });
      return;
    }
    const timing = { ...source.timing, match: matchMs };
    for (const [part, match] of [result.match, ...(result.also ?? [])].entries()) await this.#run(match, source, { timing, part });
  }

  async #run(match: CommandMatch, source: PhraseSource, { timing, part }: { timing: Record<string, number>; part: number }): Promise<void> {
    const { dispatcher, sessionId, language, publish } = this.#options;
    const segment = source.segmentId === undefined ? {} : { segment_id: source.segmentId };
    const command = { ...segment, command: match.command, args: match.args };
    publish({ type: 'command.matched', ...command, phrase: match.phrase, score: match.score, via: match.via, candidates: match.candidates });
    const outcome = await dispatcher.run(match, {
      session: { id: sessionId, language: source.language ?? language },
      ...(source.segmentId === undefined ? {} : { segmentId: source.segmentId }),
      part,
      spokenAtMs: source.spokenAtMs,
    });
    if (outcome.status === 'done') {
      publish({
        type: 'command.completed', ...command, can_undo: outcome.canUndo, duration_ms: outcome.durationMs,
        timing: { ...timing, run: outcome.durationMs }, ...(outcome.say === undefined ? {} : { say: outcome.say }),
      });
    } else if (outcome.status === 'failed') {
      publish({ type: 'command.failed', ...command, code: outcome.code, message: outcome.message, duration_ms: outcome.durationMs });
    } else publish({ type: 'command.refused', ...command, reason: outcome.reason });
  }
}
