import type { Config } from './config.ts';
import type { Delivery } from './delivery.ts';
import { asHeedError } from './errors.ts';
import type { EventBody } from './events/event.ts';
import type { Understood } from './interpreter.ts';
import type { Risk } from './registry/index.ts';
import { segmentFields, toSeconds } from './segment-fields.ts';
import type { SessionTrace } from './trace/index.ts';
import type { Transcriber } from './transcribe/transcriber.ts';
import { samplesToMs, type AudioFrame, type SpeechSegment, type Transcript } from './types.ts';
import { Utterance, type Expected } from './utterance.ts';
import { Endpointer, Segmenter, type Heard, type SegmenterEvent } from './vad/index.ts';

/** What hearing needs. */
export interface HearingOptions {
  sessionId: string;
  config: Config;
  /** ISO 639-1 code, or "auto"; with "auto", `likelyLanguage` tells which one is tried first. */
  language: string;
  likelyLanguage: () => string;
  transcriber: Transcriber;
  /** The grammar of this moment for a language. */
  expected: (language: string) => Expected;
  understand: (transcript: Transcript) => Understood;
  riskOf: (command: string) => Risk;
  /** Gets each segment when it ends. */
  delivery: Delivery;
  publish: (body: EventBody) => void;
  trace?: SessionTrace;
}

/** A silence inside the open segment. */
interface Pause {
  silenceSamples: number;
  /** When it was noticed, `performance.now()` ms. */
  atMs: number;
  /** What the words before it had to do with its end, once they are read. */
  decision?: string;
}

/** Cuts one stream's frames into segments, reads each ahead of its end, and decides from the words when it ends. */
export class Hearing {
  readonly #options: HearingOptions;
  readonly #segmenter: Segmenter;
  readonly #endpointer: Endpointer;
  #utterance: Utterance | undefined;
  #pause: Pause | undefined;

  constructor(options: HearingOptions) {
    this.#options = options;
    this.#segmenter = new Segmenter(options.config.vad);
    this.#endpointer = new Endpointer(options.config);
  }

  /** Takes the stream's next frame and its speech probability, 0–1. */
  hear(frame: AudioFrame, probability: number): void {
    this.#options.trace?.frame(frame, probability);
    this.#handle(this.#segmenter.push(frame, probability));
  }

  /** Ends the open segment now. */
  flush(): void {
    this.#handle(this.#segmenter.flush());
  }

  /** Drops the open segment; what ended before is delivered. */
  close(): void {
    this.#drop();
  }

  #handle(events: SegmenterEvent[]): void {
    for (const event of events) this.#handleOne(event);
  }

  #handleOne(event: SegmenterEvent): void {
    switch (event.type) {
      case 'start':
        this.#options.publish({ type: 'speech.started', segment_id: event.segmentId, start: toSeconds(event.startSample) });
        this.#open(event);
        break;
      case 'audio':
        if (this.#pause) this.#pause.silenceSamples += event.samples.length;
        this.#append(event.samples);
        break;
      case 'pause':
        this.#pause = { silenceSamples: event.silenceSamples, atMs: performance.now() };
        this.#segmenter.setWait(this.#endpointer.normalWaitMs);
        this.#speculate(event.endSample, this.#pause);
        break;
      case 'resume':
        this.#utterance?.resume();
        if (this.#pause) this.#endpointer.resumed(samplesToMs(this.#pause.silenceSamples));
        this.#pause = undefined;
        break;
      case 'misfire':
        this.#drop();
        this.#publishEnd({ ...event, id: event.segmentId, endReason: 'misfire' });
        break;
      case 'segment':
        this.#finish(event.segment);
        break;
    }
  }

  #open({ segmentId, startSample, samples }: Extract<SegmenterEvent, { type: 'start' }>): void {
    const { sessionId, config, language, likelyLanguage, transcriber, expected, publish } = this.#options;
    this.#pause = undefined;
    this.#utterance = new Utterance({
      sessionId, segmentId, startSample, language, likelyLanguage: likelyLanguage(), config: config.transcribe, transcriber, expected,
      onPartial: ({ text, committed, endSample, transcript }) => publish({
        ...segmentFields({ id: segmentId, startSample, endSample }, transcript),
        type: 'segment.partial', text, committed, is_final: false, speech_final: false,
      }),
    });
    this.#append(samples);
  }

  /** Audio that the engine refuses costs its segment, and nothing else. */
  #append(samples: Float32Array): void {
    const utterance = this.#utterance;
    try {
      utterance?.append(samples);
    } catch (error) {
      this.#drop();
      const { code, message } = asHeedError(error);
      this.#options.publish({ type: 'error', code, message, ...(utterance ? { segment_id: utterance.segmentId } : {}) });
    }
  }

  /** In a pause: read what was said so far, and let the words decide how long to wait for more. */
  #speculate(endSample: number, pause: Pause): void {
    const { understand, trace } = this.#options;
    trace?.readingAhead(endSample);
    this.#utterance?.speculate(endSample, (transcript) => {
      trace?.readAhead(transcript);
      const { result } = understand(transcript);
      const decision = this.#endpointer.decide({ ...this.#describe(result), confidence: transcript.confidence });
      pause.decision = decision.reason;
      trace?.decided(transcript.segmentId, decision, result.completeness);
      const isOver = result.completeness === 'closed' && decision.waitMs <= samplesToMs(pause.silenceSamples);
      if (isOver) this.#handle(this.#segmenter.complete());
      else this.#segmenter.setWait(decision.waitMs);
    });
  }

  #describe({ match, also = [], completeness }: Understood['result']): Omit<Heard, 'confidence'> {
    const risks = (match ? [match, ...also] : []).map(({ command }) => this.#options.riskOf(command));
    const risk = risks.includes('high') ? 'high' : risks.includes('medium') ? 'medium' : 'low';
    return { completeness, risk, score: match?.score ?? 0 };
  }

  #finish(segment: SpeechSegment): void {
    const utterance = this.#utterance;
    const pause = this.#pause;
    this.#utterance = undefined;
    this.#pause = undefined;
    if (utterance) this.#options.trace?.ended(segment);
    this.#publishEnd(segment);
    if (!utterance) return;
    const nowMs = performance.now();
    this.#options.delivery.add(segment, utterance.final(segment.endSample).finally(() => utterance.close()), {
      endedAtMs: nowMs, spokenAtMs: pause?.atMs ?? nowMs, silenceMs: samplesToMs(pause?.silenceSamples ?? 0), decision: pause?.decision,
    });
  }

  #publishEnd({ id, startSample, endSample, endReason }: Pick<SpeechSegment, 'id' | 'startSample' | 'endSample'> & { endReason: SpeechSegment['endReason'] | 'misfire' }): void {
    this.#options.publish({ type: 'speech.ended', segment_id: id, reason: endReason, start: toSeconds(startSample), end: toSeconds(endSample) });
  }

  #drop(): void {
    this.#utterance?.close();
    this.#utterance = undefined;
    this.#pause = undefined;
  }
}
