import type { Config } from '../config/index.ts';
import type { Delivery } from './delivery.ts';
import { asHeedError } from '../errors.ts';
import type { EventBody } from '../events/event.ts';
import type { Understood } from './interpreter.ts';
import type { Risk } from '../registry/index.ts';
import { segmentFields, toSeconds } from './segment-fields.ts';
import type { SessionTrace } from '../trace/index.ts';
import type { Transcriber } from '../transcribe/transcriber.ts';
import { samplesToMs, type AudioFrame, type SpeechSegment, type Transcript } from '../types.ts';
import { SegmentReadings, type ReadingGrammar } from './segment-readings.ts';
import { Endpointer, Segmenter, type EndpointDecision, type PhraseSoFar, type SegmenterEvent } from '../vad/index.ts';

/** What a segment reader needs. */
export interface SegmentReaderOptions {
  sessionId: string;
  config: Config;
  /** ISO 639-1 code, or "auto"; with "auto", `likelyLanguage` tells which one is tried first. */
  language: string;
  likelyLanguage: () => string;
  transcriber: Transcriber;
  /** The grammar of this moment for a language. */
  grammarOf: (language: string) => ReadingGrammar;
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
interface EarlyReading {
  /** Where its audio ended. */
  endSample: number;
  isDone: boolean;
  /** What its words had to do with the end; absent when it could not be read. */
  decision?: EndpointDecision;
}

/** Cuts one stream's frames into segments, reads each before its end, and decides from the words when it ends. */
export class SegmentReader {
  readonly #options: SegmentReaderOptions;
  readonly #segmenter: Segmenter;
  readonly #endpointer: Endpointer;
  #readings: SegmentReadings | undefined;
  /** When the open segment was noticed, `performance.now()` ms. */
  #startedAtMs = 0;
  #pause: Pause | undefined;
  #early: EarlyReading | undefined;
  /** What the last reading took, ms for a ms of audio. */
  #readingPace = 0;

  constructor(options: SegmentReaderOptions) {
    this.#options = options;
    this.#segmenter = new Segmenter(options.config.vad);
    this.#endpointer = new Endpointer(options.config);
  }

  /** Takes the stream's next frame and its speech probability, 0–1. */
  push(frame: AudioFrame, probability: number): void {
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
        if (this.#canReadTwice(event.endSample)) this.#readEarly(event.endSample);
        break;
      case 'pause':
        this.#pause = { endSample: event.endSample, silenceSamples: event.silenceSamples, atMs: performance.now() };
        this.#segmenter.setWait(this.#endpointer.normalWaitMs);
        if (this.#early) this.#decide(this.#early, this.#pause);
        else this.#readEarly(event.endSample);
        break;
      case 'resume':
        this.#readings?.resume();
        if (this.#pause) this.#endpointer.resumed(samplesToMs(this.#pause.silenceSamples));
        this.#pause = undefined;
        this.#early = undefined;
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
    const { sessionId, config, language, likelyLanguage, transcriber, grammarOf, publish } = this.#options;
    this.#pause = undefined;
    this.#early = undefined;
    this.#startedAtMs = performance.now();
    this.#readings = new SegmentReadings({
      sessionId,
      segmentId,
      startSample,
      language,
      likelyLanguage: likelyLanguage(),
      config: config.transcribe,
      transcriber,
      grammarOf,
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
    const readings = this.#readings;
    try {
      readings?.append(samples);
    } catch (error) {
      this.#drop();
      const { code, message } = asHeedError(error);
      this.#options.publish({
        type: 'error',
        code,
        message,
        ...(readings ? { segment_id: readings.segmentId } : {}),
      });
    }
  }

  /** Reads what was said so far; in a pause, the words decide how long to wait for more. */
  #readEarly(endSample: number): void {
    const { understand, trace } = this.#options;
    const early: EarlyReading = { endSample, isDone: false };
    this.#early = early;
    trace?.earlyReadingBegan(endSample);
    void this.#readings?.readEarly(endSample).then((transcript) => {
      if (this.#early !== early) return;
      early.isDone = true;
      if (transcript) {
        trace?.readEarly(transcript);
        const { result } = understand(transcript);
        early.decision = this.#endpointer.decide({ ...this.#describe(result), confidence: transcript.confidence });
        trace?.decided(transcript.segmentId, early.decision, result.completeness);
        this.#readingPace = transcript.readingMs / Math.max(1, transcript.audioMs);
      }
      if (this.#pause) this.#decide(early, this.#pause);
    });
  }

  /**
   * What was read while the voice faded counts if it is reason enough to end; anything else is read again with what
   * came until the pause, if there is time.
   */
  #decide({ endSample, isDone, decision }: EarlyReading, pause: Pause): void {
    const canReadEarly = this.#readings?.canReadEarly === true;
    const isEnough =
      !isDone || endSample === pause.endSample || (decision !== undefined && (decision.isWhole || !canReadEarly));
    this.#segmenter.endAt(isEnough ? endSample : pause.endSample);
    if (!isEnough && canReadEarly) return this.#readEarly(pause.endSample);
    if (!isEnough || !decision) return;
    const { waitMs, isWhole, reason } = decision;
    pause.decision = reason;
    if (isWhole && waitMs <= samplesToMs(pause.silenceSamples)) this.#handle(this.#segmenter.complete());
    else this.#segmenter.setWait(waitMs, isWhole ? 'complete' : 'silence');
  }

  /** Whether the open segment is read twice, one after the other, before the wait is over. */
  #canReadTwice(endSample: number): boolean {
    const lengthMs = samplesToMs(endSample - (this.#readings?.startSample ?? endSample));
    return 2 * this.#readingPace * lengthMs <= this.#endpointer.normalWaitMs;
  }

  #describe({ match, also = [], completeness }: Understood['result']): Omit<PhraseSoFar, 'confidence'> {
    const risks = (match ? [match, ...also] : []).map(({ command }) => this.#options.riskOf(command));
    const risk = risks.includes('high') ? 'high' : risks.includes('medium') ? 'medium' : 'low';
    return { completeness, risk, score: match?.score ?? 0 };
  }

  #finish(segment: SpeechSegment): void {
    const readings = this.#readings;
    const pause = this.#pause;
    this.#readings = undefined;
    this.#pause = undefined;
    this.#early = undefined;
    if (readings) this.#options.trace?.ended(segment);
    this.#publishEnd(segment);
    if (!readings) return;
    const nowMs = performance.now();
    this.#options.delivery.add(
      segment,
      readings.final(segment.endSample).finally(() => readings.close()),
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
    this.#readings?.close();
    this.#readings = undefined;
    this.#pause = undefined;
    this.#early = undefined;
  }
}
