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
import { Endpointer, Segmenter, type EndpointDecision, type Heard, type SegmenterEvent } from './vad/index.ts';

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
  /** Where it was noticed. */
  endSample: number;
  silenceSamples: number;
  /** When it was noticed, `performance.now()` ms. */
  atMs: number;
  /** What the words before it had to do with its end, once they are read. */
  decision?: string;
}

/** A reading of the open segment, begun before its end. */
interface Ahead {
  /** Where its audio ended. */
  endSample: number;
  isDone: boolean;
  /** What its words had to do with the end; absent when it could not be read. */
  decision?: EndpointDecision;
}

/** Cuts one stream's frames into segments, reads each ahead of its end, and decides from the words when it ends. */
export class Hearing {
  readonly #options: HearingOptions;
  readonly #segmenter: Segmenter;
  readonly #endpointer: Endpointer;
  #utterance: Utterance | undefined;
  /** When the open segment was noticed, `performance.now()` ms. */
  #startedAtMs = 0;
  #pause: Pause | undefined;
  #ahead: Ahead | undefined;
  /** What the last reading took, ms for a ms of audio. */
  #readingPace = 0;

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
        this.#options.publish({
          type: 'speech.started',
          segment_id: event.segmentId,
          start: toSeconds(event.startSample),
        });
        this.#open(event);
        break;
      case 'audio':
        if (this.#pause) this.#pause.silenceSamples += event.samples.length;
        this.#append(event.samples);
        break;
      case 'fade':
        if (this.#canReadTwice(event.endSample)) this.#readAhead(event.endSample);
        break;
      case 'pause':
        this.#pause = { endSample: event.endSample, silenceSamples: event.silenceSamples, atMs: performance.now() };
        this.#segmenter.setWait(this.#endpointer.normalWaitMs);
        if (this.#ahead) this.#decide(this.#ahead, this.#pause);
        else this.#readAhead(event.endSample);
        break;
      case 'resume':
        this.#utterance?.resume();
        if (this.#pause) this.#endpointer.resumed(samplesToMs(this.#pause.silenceSamples));
        this.#pause = undefined;
        this.#ahead = undefined;
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
    this.#ahead = undefined;
    this.#startedAtMs = performance.now();
    this.#utterance = new Utterance({
      sessionId,
      segmentId,
      startSample,
      language,
      likelyLanguage: likelyLanguage(),
      config: config.transcribe,
      transcriber,
      expected,
      onPartial: ({ text, committed, endSample, transcript }) =>
        publish({
          ...segmentFields({ id: segmentId, startSample, endSample }, transcript),
          type: 'segment.partial',
          text,
          committed,
          is_final: false,
          speech_final: false,
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
      this.#options.publish({
        type: 'error',
        code,
        message,
        ...(utterance ? { segment_id: utterance.segmentId } : {}),
      });
    }
  }

  /** Reads what was said so far; in a pause, the words decide how long to wait for more. */
  #readAhead(endSample: number): void {
    const { understand, trace } = this.#options;
    const ahead: Ahead = { endSample, isDone: false };
    this.#ahead = ahead;
    trace?.readingAhead(endSample);
    void this.#utterance?.speculate(endSample).then((transcript) => {
      if (this.#ahead !== ahead) return;
      ahead.isDone = true;
      if (transcript) {
        trace?.readAhead(transcript);
        const { result } = understand(transcript);
        ahead.decision = this.#endpointer.decide({ ...this.#describe(result), confidence: transcript.confidence });
        trace?.decided(transcript.segmentId, ahead.decision, result.completeness);
        this.#readingPace = transcript.readingMs / Math.max(1, transcript.audioMs);
      }
      if (this.#pause) this.#decide(ahead, this.#pause);
    });
  }

  /**
   * What was read while the voice faded counts if it is reason enough to end; anything else is read again with what
   * came until the pause, if there is time.
   */
  #decide({ endSample, isDone, decision }: Ahead, pause: Pause): void {
    const canReadAhead = this.#utterance?.canReadAhead === true;
    const isEnough =
      !isDone || endSample === pause.endSample || (decision !== undefined && (decision.isWhole || !canReadAhead));
    this.#segmenter.endAt(isEnough ? endSample : pause.endSample);
    if (!isEnough && canReadAhead) return this.#readAhead(pause.endSample);
    if (!isEnough || !decision) return;
    const { waitMs, isWhole, reason } = decision;
    pause.decision = reason;
    if (isWhole && waitMs <= samplesToMs(pause.silenceSamples)) this.#handle(this.#segmenter.complete());
    else this.#segmenter.setWait(waitMs, isWhole ? 'complete' : 'silence');
  }

  /** Whether the open segment is read twice, one after the other, before the wait is over. */
  #canReadTwice(endSample: number): boolean {
    const lengthMs = samplesToMs(endSample - (this.#utterance?.startSample ?? endSample));
    return 2 * this.#readingPace * lengthMs <= this.#endpointer.normalWaitMs;
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
    this.#ahead = undefined;
    if (utterance) this.#options.trace?.ended(segment);
    this.#publishEnd(segment);
    if (!utterance) return;
    const nowMs = performance.now();
    this.#options.delivery.add(
      segment,
      utterance.final(segment.endSample).finally(() => utterance.close()),
      {
        startedAtMs: this.#startedAtMs,
        endedAtMs: nowMs,
        spokenAtMs: pause?.atMs ?? nowMs,
        silenceMs: samplesToMs(pause?.silenceSamples ?? 0),
        decision: pause?.decision,
      },
    );
  }

  #publishEnd({
    id,
    startSample,
    endSample,
    endReason,
  }: Pick<SpeechSegment, 'id' | 'startSample' | 'endSample'> & {
    endReason: SpeechSegment['endReason'] | 'misfire';
  }): void {
    this.#options.publish({
      type: 'speech.ended',
      segment_id: id,
      reason: endReason,
      start: toSeconds(startSample),
      end: toSeconds(endSample),
    });
  }

  #drop(): void {
    this.#utterance?.close();
    this.#utterance = undefined;
    this.#pause = undefined;
    this.#ahead = undefined;
  }
}
