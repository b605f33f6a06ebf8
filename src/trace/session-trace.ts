import type { Config } from '../config/index.ts';
import type { EventBody, EventOf } from '../events/event.ts';
import type { MatchResult } from '../match/index.ts';
import type { CommandContexts } from '../registry/index.ts';
import { sampleRateHz, type AudioFrame, type SpeechSegment, type Transcript } from '../types.ts';
import type { EndpointDecision } from '../vad/endpointer.ts';
import type { KeptAudio } from './kept-audio.ts';
import { RecentFrames } from './recent-frames.ts';
import { understandingOf } from './understanding.ts';
import { freeReading, scoredText } from './scored-text.ts';
import { round, type CommandEnd, type EarlyReading, type UtteranceTrace } from './utterance-trace.ts';
import { waterfallOf, type Marks } from './waterfall.ts';

/** What a `SessionTrace` needs. */
export interface SessionTraceOptions {
  sessionId: string;
  language: string;
  contexts: Pick<CommandContexts, 'active'>;
  config: Pick<Config, 'trace' | 'vad'>;
  audio: KeptAudio;
  /** A clock in ms that never goes back. */
  now: () => number;
  /** Called when the trace is closed. */
  onClose?: () => void;
}

/** An utterance while it is spoken. */
interface OpenUtterance {
  id: string;
  startSample: number;
  early: EarlyReading[];
  marks: Marks;
}

/** An utterance whose segment has ended. */
interface EndedUtterance extends OpenUtterance {
  trace: UtteranceTrace;
}

/** The most early readings kept of one utterance. */
const maxEarly = 50;

/** Watches the stages of one session and keeps the traces of its last utterances. */
export class SessionTrace {
  readonly #options: SessionTraceOptions;
  readonly #frames = new RecentFrames();
  readonly #ended = new Map<string, EndedUtterance>();
  #open: OpenUtterance | undefined;

  constructor(options: SessionTraceOptions) {
    this.#options = options;
  }

  get sessionId(): string {
    return this.#options.sessionId;
  }

  /** Takes a frame and its speech probability; must be called before the segmenter gets them. */
  frame(frame: AudioFrame, probability: number): void {
    this.#frames.push(frame, { probability, atMs: this.#options.now(), isOpen: this.#open !== undefined });
  }

  /** Records that an early reading of the segment up to `endSample` began. */
  earlyReadingBegan(endSample: number): void {
    if (!this.#open) return;
    const { early, marks } = this.#open;
    if (early.length < maxEarly) early.push({ at: seconds(endSample) });
    marks['reading-started'] = this.#options.now();
    delete marks['reading-ready'];
  }

  /** Records the result of the last early reading. */
  readEarly({ segmentId, text }: Transcript): void {
    const utterance = this.#find(segmentId);
    if (!utterance) return;
    utterance.marks['reading-ready'] = this.#options.now();
    Object.assign(utterance.early.at(-1) ?? {}, { text } satisfies Partial<EarlyReading>);
  }

  /** Records the endpoint decision that the last early reading led to. */
  decided(segmentId: string, { waitMs, reason }: EndpointDecision, completeness: MatchResult['completeness']): void {
    Object.assign(this.#find(segmentId)?.early.at(-1) ?? {}, {
      completeness,
      wait_ms: waitMs,
      because: reason,
    } satisfies Partial<EarlyReading>);
  }

  /** Records that a segment has ended, and begins its trace; its final reading follows. */
  ended(segment: SpeechSegment): void {
    const utterance = this.#open;
    if (utterance?.id !== segment.id) return;
    this.#open = undefined;
    const {
      config: {
        trace: { maxUtterances },
        vad,
      },
      audio,
      now,
    } = this.#options;
    utterance.marks.endpoint = now();
    const speechEndMs = this.#frames.speechEndMs(segment.startSample, vad.positiveThreshold);
    if (speechEndMs !== undefined) utterance.marks['speech-end'] = speechEndMs;
    this.#ended.set(segment.id, { ...utterance, trace: this.#traceOf(segment, utterance) });
    audio.keep(segment.id, segment.samples);
    for (const id of this.#ended.keys()) {
      if (this.#ended.size <= maxUtterances) break;
      this.#forget(id);
    }
  }

  /** Records the final reading of a segment. */
  read(transcript: Transcript & { isEarly: boolean }): void {
    const utterance = this.#ended.get(transcript.segmentId);
    if (!utterance) return;
    const { marks, trace, early } = utterance;
    if (!transcript.isEarly)
      Object.assign(marks, { 'reading-started': marks.endpoint, 'reading-ready': this.#options.now() });
    else if (marks['reading-ready'] === undefined) {
      // The endpoint came before the early reading was done, so that `readEarly` was not called for it.
      marks['reading-ready'] = this.#options.now();
      Object.assign(early.at(-1) ?? {}, { text: transcript.text } satisfies Partial<EarlyReading>);
    }
    trace.language = transcript.language;
    trace.free = freeReading(transcript);
    if (transcript.constrained) trace.constrained = transcript.constrained.map(scoredText);
  }

  /** Records how a phrase was understood; must be called before the events about its commands. */
  understood(segmentId: string | undefined, result: MatchResult): void {
    const utterance = this.#ended.get(segmentId ?? '');
    if (utterance) utterance.trace.understood = understandingOf(result);
  }

  /** Takes an event of the session that is about to be published. */
  event(body: EventBody): void {
    switch (body.type) {
      case 'speech.started':
        this.#open = { id: body.segment_id, startSample: Math.round(body.start * sampleRateHz), early: [], marks: {} };
        break;
      case 'speech.ended':
        if (this.#open?.id === body.segment_id) this.#open = undefined;
        break;
      case 'segment.final': {
        const trace = this.#ended.get(body.segment_id)?.trace;
        if (!trace) break;
        trace.is_speech = body.text !== '';
        trace.endpoint.because = body.endpoint ?? '';
        trace.timing = roundAll(body.timing);
        break;
      }
      case 'command.matched': {
        const utterance = this.#ended.get(body.segment_id ?? '');
        if (!utterance) break;
        utterance.marks.handler ??= this.#options.now();
        utterance.trace.outcomes.push({ command: body.command, status: 'running' });
        break;
      }
      case 'command.planned':
        return this.#settle(body, { status: 'done', text: body.say });
      case 'command.completed':
        return this.#settle(body, { status: 'done', ...(body.say === undefined ? {} : { text: body.say }) });
      case 'command.failed':
        return this.#settle(body, { status: 'failed', text: body.message });
      case 'command.refused':
        return this.#settle(body, { status: 'refused', text: body.reason });
      default: // The other events say nothing about an utterance that the trace lacks.
    }
  }

  /** Returns the utterances, newest first. */
  list(): UtteranceTrace[] {
    return [...this.#ended.keys()].map((id) => this.get(id)!).reverse();
  }

  /** Returns what is known about an utterance so far. */
  get(id: string): UtteranceTrace | undefined {
    const utterance = this.#ended.get(id);
    return utterance && { ...utterance.trace, waterfall: waterfallOf(utterance.marks) };
  }

  /** Forgets all utterances and their audio, because the session is over. */
  close(): void {
    this.#open = undefined;
    for (const id of [...this.#ended.keys()]) this.#forget(id);
    this.#options.onClose?.();
  }

  #find(segmentId: string): OpenUtterance | undefined {
    return this.#open?.id === segmentId ? this.#open : this.#ended.get(segmentId);
  }

  #traceOf(segment: SpeechSegment, { early }: OpenUtterance): UtteranceTrace {
    const {
      sessionId,
      language,
      contexts,
      config: { vad },
    } = this.#options;
    return {
      id: segment.id,
      session_id: sessionId,
      time: new Date().toISOString(),
      start: seconds(segment.startSample),
      end: seconds(segment.endSample),
      language,
      contexts: contexts.active,
      vad: {
        ...this.#frames.from(segment.startSample),
        positive_threshold: vad.positiveThreshold,
        negative_threshold: vad.negativeThreshold,
      },
      early,
      endpoint: { reason: segment.endReason, because: '' },
      outcomes: [],
      waterfall: [],
      timing: {},
    };
  }

  #settle({ segment_id, command, timing }: SettledEvent, end: Pick<CommandEnd, 'status' | 'text'>): void {
    const utterance = this.#ended.get(segment_id ?? '');
    if (!utterance) return;
    const { marks, trace } = utterance;
    marks.done = this.#options.now();
    trace.timing = { ...trace.timing, ...roundAll(timing) };
    Object.assign(
      trace.outcomes.find((outcome) => outcome.status === 'running' && outcome.command === command) ?? {},
      end,
    );
  }

  #forget(id: string): void {
    this.#ended.delete(id);
    this.#options.audio.drop(id);
  }
}

type SettledEvent = Pick<EventOf<'command.completed'>, 'segment_id' | 'command' | 'timing'>;

function roundAll(timing: Record<string, number> | undefined): Record<string, number> {
  return Object.fromEntries(Object.entries(timing ?? {}).map(([stage, ms]) => [stage, round(ms, 1)]));
}

function seconds(samples: number): number {
  return round(samples / sampleRateHz, 3);
}
