import type { Addressing, Spoken } from './addressing.ts';
import type { Delivery, Endpoint } from './delivery.ts';
import { asHeedError } from '../errors.ts';
import type { Understood } from './phrase-source.ts';
import { toSeconds } from './segment-fields.ts';
import type { SessionTrace } from '../trace/index.ts';
import { samplesToMs, type AudioFrame, type Clock, type SpeechSegment, type Transcript } from '../types.ts';
import { isHeardEnough, phraseSoFar, type CommandOf, type EarlyReading, type Pause } from './pause.ts';
import { openReadings, type ReadingsOfSession } from './open-readings.ts';
import { partsByVoice } from './parts-by-voice.ts';
import type { SegmentReadings } from './segment-readings.ts';
import { SpeechFrames } from './segment-speech.ts';
import { SegmentVoice, type SpeechJudge } from './segment-voice.ts';
import type { SessionVoices } from './session-voices.ts';
import { Endpointer, Segmenter, type SegmenterEvent } from '../vad/index.ts';

/** What a segment reader needs. */
export interface SegmentReaderOptions extends ReadingsOfSession {
  understand: (transcript: Transcript, spoken: Spoken) => Understood;
  /** Knows whether push-to-talk is held. */
  addressing: Pick<Addressing, 'isHeld'>;
  commandOf: CommandOf;
  /** Takes each segment when it ends. */
  delivery: Delivery;
  /** Absent in a session that does not tell voices apart. */
  voices?: SessionVoices;
  /** Finds out whose voice speech is, where that matters; absent where it never does. */
  knownVoices?: SpeechJudge;
  clock: Pick<Clock, 'nowMs'>;
  trace?: SessionTrace;
}

/**
 * Cuts one stream's frames into segments, reads each segment early, and lets the words decide how long a silence ends
 * it.
 */
export class SegmentReader {
  readonly #options: SegmentReaderOptions;
  readonly #segmenter: Segmenter;
  readonly #endpointer: Endpointer;
  #readings: SegmentReadings | undefined;
  /** When the speech of the open segment was noticed, and whether push-to-talk was held at any time since. */
  #spoken: Spoken = { startedAtMs: 0, isHeld: false };
  /** Called when the open segment has ended or was dropped. */
  readonly #onEnd = new Set<() => void>();
  /** When the sound that is being handled was spoken, ms of the session's clock; undefined for live sound. */
  #spokenAtMs: number | undefined;
  readonly #frames = new SpeechFrames();
  /** Absent where nobody needs to know whose voice the open segment is. */
  #voice: SegmentVoice | undefined;
  #pause: Pause | undefined;
  #early: EarlyReading | undefined;
  /** How long the last early reading took, in ms for each ms of its audio. */
  #readingPace = 0;

  constructor(options: SegmentReaderOptions) {
    this.#options = options;
    this.#segmenter = new Segmenter(options.config.vad);
    this.#endpointer = new Endpointer(options.config);
  }

  /**
   * Takes the stream's next frame and its speech probability, 0–1. `spokenAtMs` is when it was spoken,
   * ms of the session's clock, if it comes late because the line was down.
   */
  push(frame: AudioFrame, probability: number, spokenAtMs?: number): void {
    this.#spokenAtMs = spokenAtMs;
    this.#options.trace?.frame(frame, probability);
    this.#options.voices?.frame(frame, probability);
    if (this.#judge) this.#frames.push(frame, probability);
    this.#handle(this.#segmenter.push(frame, probability));
  }

  /** Resolves when no segment is open. Another one may have begun by the time that the caller goes on. */
  async silence(): Promise<void> {
    if (!this.isOpen) return;
    await new Promise<void>((resolve) => this.#onEnd.add(resolve));
  }

  /** Whether somebody is speaking, or has only just fallen silent. */
  get isOpen(): boolean {
    return this.#readings !== undefined;
  }

  /**
   * Takes the stream's next frame while heed's own voice may be in it: nothing in it counts as speech, and a segment
   * that is open is dropped, because nobody can tell which of its words heed said.
   */
  ignore(frame: AudioFrame): void {
    this.#options.trace?.frame(frame, 0);
    this.#options.voices?.frame(frame, undefined);
    this.#handle(this.#segmenter.drop());
  }

  /**
   * Ends the open segment now; `spokenAtMs` as for `push`. If push-to-talk is held, the segment was held too, even if
   * it began before.
   */
  flush(spokenAtMs?: number): void {
    // A segment that has ended before was not held, even if it is still being read.
    if (this.#options.addressing.isHeld && this.#readings) this.#spoken.isHeld = true;
    this.#spokenAtMs = spokenAtMs;
    this.#handle(this.#segmenter.flush());
  }

  /** Drops the open segment; segments that have already ended are still delivered. */
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
        this.#pause = { endSample: event.endSample, silenceSamples: event.silenceSamples, atMs: this.#heardAtMs };
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
      case 'dropped':
        this.#drop();
        this.#publishEnd({ ...event, id: event.segmentId, endReason: 'playing' });
        break;
      case 'segment':
        this.#finish(event.segment);
        break;
    }
  }

  #open({ segmentId, startSample, samples }: Extract<SegmenterEvent, { type: 'start' }>): void {
    const { addressing, commandOf, isSecret, understand } = this.#options;
    this.#pause = undefined;
    this.#early = undefined;
    this.#spoken = { startedAtMs: this.#heardAtMs, isHeld: addressing.isHeld, isSecret: isSecret() };
    const spoken = this.#spoken;
    this.#readings = openReadings(this.#options, {
      segmentId,
      startSample,
      spoken,
      suffices: (transcript) => {
        const { result } = understand(transcript, spoken);
        return isHeardEnough(result, transcript, { commandOf, endpointer: this.#endpointer });
      },
    });
    this.#voice = this.#judge && new SegmentVoice(this.#judge, this.#frames, startSample);
    this.#append(samples);
  }

  /** Audio that the recogniser refuses must cost only its own segment, not the session. */
  #append(samples: Float32Array): void {
    const readings = this.#readings;
    this.#voice?.append(samples);
    // What comes after an early reading may not belong to the segment, and the reading needs all cores.
    if (!this.#early) this.#voice?.follow();
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

  /** Reads the open segment up to `endSample`; in a pause, its words then decide how long to wait for more speech. */
  #readEarly(endSample: number): void {
    const { understand, commandOf, trace } = this.#options;
    const early: EarlyReading = { endSample, isDone: false };
    const spoken = this.#spoken;
    this.#early = early;
    trace?.earlyReadingBegan(endSample);
    void this.#readings?.readEarly(endSample).then((transcript) => {
      if (this.#early !== early) return;
      early.isDone = true;
      if (transcript) {
        trace?.readEarly(transcript);
        const { result } = understand(transcript, spoken);
        early.decision = this.#endpointer.decide(phraseSoFar(result, transcript, commandOf));
        trace?.decided(transcript.segmentId, early.decision, result.completeness);
        this.#readingPace = transcript.readingMs / Math.max(1, transcript.audioMs);
      }
      if (this.#pause) this.#decide(early, this.#pause);
    });
  }

  /**
   * An early reading that was begun while the voice faded counts if its words are a whole command. If they are not, the
   * segment is read again up to the pause, because the last sounds may be missing. While other readings are waiting,
   * there is no second one, and the first counts after all.
   */
  #decide({ endSample, isDone, decision }: EarlyReading, pause: Pause): void {
    const canReadEarly = this.#readings?.canReadEarly === true;
    const isEnough =
      !isDone || endSample === pause.endSample || (decision !== undefined && (decision.isWhole || !canReadEarly));
    this.#segmenter.endAt(isEnough ? endSample : pause.endSample);
    if (!isEnough && canReadEarly) return this.#readEarly(pause.endSample);
    if (!isEnough || !decision) return;
    // Only now, since it would hold up the reading; most often it is known before the silence is long enough.
    if (!this.#options.voices) this.#voice?.until(endSample);
    const { waitMs, isWhole, reason } = decision;
    pause.decision = reason;
    if (isWhole && waitMs <= samplesToMs(pause.silenceSamples)) this.#handle(this.#segmenter.complete());
    else this.#segmenter.setWait(waitMs, isWhole ? 'complete' : 'silence');
  }

  /** Whether there is time for two early readings, one after the other, before the normal wait is over. */
  #canReadTwice(endSample: number): boolean {
    const lengthMs = samplesToMs(endSample - (this.#readings?.startSample ?? endSample));
    return 2 * this.#readingPace * lengthMs <= this.#endpointer.normalWaitMs;
  }

  #finish(segment: SpeechSegment): void {
    const readings = this.#readings;
    const pause = this.#pause;
    const voice = this.#voice;
    this.#readings = undefined;
    this.#voice = undefined;
    this.#pause = undefined;
    this.#early = undefined;
    this.#tellEnd();
    if (readings && this.#spoken.isSecret !== true) this.#options.trace?.ended(segment);
    this.#publishEnd(segment);
    if (!readings) return;
    const { delivery, voices } = this.#options;
    const reading = readings.final(segment.endSample).finally(() => readings.close());
    const endpoint: Endpoint = {
      spoken: this.#spoken,
      endedAtMs: performance.now(),
      spokenAtMs: pause?.atMs ?? this.#heardAtMs,
      isLate: this.#spokenAtMs !== undefined,
      silenceMs: samplesToMs(pause?.silenceSamples ?? 0),
      decision: pause?.decision,
    };
    if (voices) {
      const parts = partsByVoice(this.#options, { voices, segment, reading, voice, spoken: endpoint.spoken });
      void parts.catch(() => undefined).then(() => voice?.close());
      return delivery.addParts(segment, parts, endpoint);
    }
    const isRead = reading.catch(() => undefined);
    delivery.add({ segment, reading, voice: voice?.until(segment.endSample, isRead) }, endpoint);
    voice?.close();
  }

  /** Finds out whose voice it is, if that matters. */
  get #judge(): SpeechJudge | undefined {
    const { knownVoices, voices } = this.#options;
    return knownVoices?.isNeeded(voices ? 'names' : 'rules') === true ? knownVoices : undefined;
  }

  #publishEnd({
    id,
    startSample,
    endSample,
    endReason,
  }: Pick<SpeechSegment, 'id' | 'startSample' | 'endSample'> & {
    endReason: SpeechSegment['endReason'] | 'misfire' | 'playing';
  }): void {
    this.#options.publish({
      type: 'speech.ended',
      segment_id: id,
      reason: endReason,
      start: toSeconds(startSample),
      end: toSeconds(endSample),
    });
  }

  #tellEnd(): void {
    for (const tell of this.#onEnd) tell();
    this.#onEnd.clear();
  }

  /** An order that comes late is judged by when it was spoken, so that nothing stale runs. */
  get #heardAtMs(): number {
    return this.#spokenAtMs ?? this.#options.clock.nowMs();
  }

  #drop(): void {
    this.#readings?.close();
    this.#readings = undefined;
    this.#voice?.close();
    this.#voice = undefined;
    this.#tellEnd();
    this.#pause = undefined;
    this.#early = undefined;
  }
}
