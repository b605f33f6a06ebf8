import { Framer } from './audio/index.ts';
import type { Config } from './config.ts';
import { asHeedError, HeedError } from './errors.ts';
import { hasEvidence } from './match/evidence.ts';
import type { MatchResult } from './match/index.ts';
import type { Transcriber } from './transcribe/transcriber.ts';
import { frameSamples, sampleRateHz, samplesToMs, type AudioFrame, type DecoderGraph, type SpeechSegment, type Transcript } from './types.ts';
import { Interpreter, type InterpreterOptions } from './interpreter.ts';
import { Utterance } from './utterance.ts';
import { Endpointer, Segmenter, type SegmenterEvent, type Vad, type VadStream } from './vad/index.ts';

/** The stages that hear: loaded once, shared by all sessions. */
export interface Ears {
  vad: Vad;
  transcriber: Transcriber;
}

/** What a session is made of. */
export interface SessionOptions extends InterpreterOptions {
  config: Config;
  /** Absent in a session that only takes typed phrases. */
  ears?: Ears;
  /** The grammar of this moment, for the constrained reading. */
  graph: (language: string) => DecoderGraph | undefined;
  /** Risk of a command, for the endpointer. */
  risk: (command: string) => 'low' | 'medium' | 'high';
}

/** Audio that may wait inside a session before `push` refuses more: 30 s. */
const maxPendingSamples = 30 * sampleRateHz;

/**
 * One speaker's stream through all stages, in this order:
 * samples → frames → speech probability → segment → utterance (text) → interpreter (match, handler) → events.
 */
export class Session {
  readonly id: string;
  readonly #options: SessionOptions;
  readonly #interpreter: Interpreter;
  readonly #framer = new Framer();
  readonly #segmenter: Segmenter;
  readonly #endpointer: Endpointer;
  readonly #stream: VadStream | undefined;
  #utterance: Utterance | undefined;
  #pendingSamples = 0;
  #silenceSamples = 0;
  /** Audio is handled in order, one push after the other. */
  #audioTail: Promise<void> = Promise.resolve();
  /** Finals are delivered in order, while later audio is already being heard. */
  #finalTail: Promise<void> = Promise.resolve();
  readonly #running = new Set<Promise<void>>();
  #endpointReason = '';
  #state: 'open' | 'closing' | 'closed' = 'open';

  constructor(options: SessionOptions) {
    this.id = options.sessionId;
    this.#options = options;
    this.#interpreter = new Interpreter(options);
    this.#segmenter = new Segmenter(options.config.vad);
    this.#endpointer = new Endpointer(options.config);
    this.#stream = options.ears?.vad.openStream();
  }

  /**
   * Takes 16 kHz mono samples, any number. Resolves when they have been through the VAD, which callers use as backpressure.
   * Rejects with `busy` when 30 s of audio wait, `closed` after close().
   */
  push(samples: Float32Array): Promise<void> {
    if (this.#pendingSamples + samples.length > maxPendingSamples) {
      return Promise.reject(new HeedError('busy', 'More than 30 s of audio wait to be heard. Send audio no faster than it is spoken.'));
    }
    this.#pendingSamples += samples.length;
    return this.#enqueue(async () => {
      this.#pendingSamples -= samples.length;
      for (const frame of this.#framer.push(samples)) await this.#hearFrame(frame);
    });
  }

  /** Ends the phrase that is being spoken: push-to-talk was released, or the file is over. Resolves when its command has run. */
  async flush(): Promise<void> {
    await this.#enqueue(async () => {
      const rest = this.#framer.flush();
      if (rest) await this.#hearFrame(rest);
      this.#handle(this.#segmenter.flush());
    });
    await this.#finalTail;
    await Promise.all(this.#running);
  }

  /** Takes a typed phrase; it goes the way of a spoken one. Resolves when its command has run. */
  say(text: string): Promise<void> {
    if (this.#state !== 'open') return Promise.reject(closedError());
    return this.#track(this.#interpreter.hear(text, { spokenAtMs: performance.now() }));
  }

  /** Answers a prompt by button or typing. False when it is not open any more. */
  answer(promptId: string, text: string): boolean {
    return this.#options.dispatcher.answer(this.id, promptId, text);
  }

  /** Ends the session; what is being said is dropped, what runs is awaited. Idempotent. */
  async close(reason = 'closed'): Promise<void> {
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    this.#utterance?.close();
    this.#utterance = undefined;
    await this.#audioTail;
    this.#stream?.close();
    this.#options.dispatcher.endSession(this.id);
    await this.#finalTail;
    await Promise.all(this.#running);
    this.#state = 'closed';
    this.#options.publish({ type: 'session.ended', reason });
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    if (this.#state !== 'open') return Promise.reject(closedError());
    const result = this.#audioTail.then(work);
    this.#audioTail = result.catch(() => { /* The caller of push or flush gets it. */ });
    return result;
  }

  async #hearFrame(frame: AudioFrame): Promise<void> {
    if (!this.#stream) throw new HeedError('bad-message', 'This session takes typed phrases only; open it with audio to send sound.');
    const probability = await this.#stream.probability(frame);
    if (this.#state !== 'open') return;
    this.#silenceSamples += frameSamples;
    this.#options.trace?.frame(frame, probability);
    this.#handle(this.#segmenter.push(frame, probability));
  }

  #handle(events: SegmenterEvent[]): void {
    for (const event of events) this.#handleOne(event);
  }

  #handleOne(event: SegmenterEvent): void {
    switch (event.type) {
      case 'start':
        this.#endpointReason = '';
        this.#utterance = this.#openUtterance(event.segmentId, event.startSample);
        this.#options.publish({ type: 'speech.started', segment_id: event.segmentId, start: toSeconds(event.startSample) });
        this.#utterance.append(event.samples);
        break;
      case 'audio':
        this.#utterance?.append(event.samples);
        break;
      case 'pause':
        this.#silenceSamples = event.silenceSamples;
        this.#speculate(event.endSample);
        break;
      case 'resume':
        this.#utterance?.resume();
        this.#endpointer.resumed(samplesToMs(this.#silenceSamples));
        break;
      case 'misfire':
        this.#utterance?.close();
        this.#utterance = undefined;
        this.#options.publish({
          type: 'speech.ended', segment_id: event.segmentId, reason: 'misfire',
          start: toSeconds(event.startSample), end: toSeconds(event.endSample),
        });
        break;
      case 'segment':
        this.#finish(event.segment);
        break;
    }
  }

  #openUtterance(segmentId: string, startSample: number): Utterance {
    const { config, ears, language, graph, publish } = this.#options;
    const grammar = graph(language);
    return new Utterance({
      segmentId, startSample, language, sessionId: this.id, config: config.transcribe, transcriber: ears!.transcriber,
      ...(grammar ? { grammar } : {}),
      onPartial: ({ text, committed, endSample, transcript }) => publish({
        ...this.#segmentFields(segmentId, startSample, endSample, transcript),
        type: 'segment.partial', text, committed, is_final: false, speech_final: false,
      }),
    });
  }

  /** In a pause: read what was said so far, and let the words decide how long to wait for more. */
  #speculate(endSample: number): void {
    const { trace } = this.#options;
    const utterance = this.#utterance;
    trace?.readingAhead(endSample);
    utterance?.speculate(endSample, (transcript) => {
      trace?.readAhead(transcript);
      if (this.#utterance !== utterance || this.#state !== 'open') return;
      const result = this.#interpreter.understand(transcript);
      const decision = this.#endpointer.decide({ ...this.#describe(result), confidence: transcript.confidence });
      this.#endpointReason = decision.reason;
      trace?.decided(transcript.segmentId, decision, result.completeness);
      if (decision.waitMs <= samplesToMs(this.#silenceSamples)) this.#handle(this.#segmenter.complete());
      else this.#segmenter.setWait(decision.waitMs);
    });
  }

  #describe(result: MatchResult): { completeness: MatchResult['completeness']; risk: 'low' | 'medium' | 'high'; score: number } {
    const { match, completeness } = result;
    return { completeness, risk: match ? this.#options.risk(match.command) : 'low', score: match?.score ?? 0 };
  }

  #finish(segment: SpeechSegment): void {
    const utterance = this.#utterance;
    if (!utterance) return;
    this.#utterance = undefined;
    const endedAtMs = performance.now();
    const silenceMs = segment.endReason === 'max-length' ? 0 : samplesToMs(this.#silenceSamples);
    const endpoint = this.#endpointReason;
    this.#options.trace?.ended(segment);
    this.#options.publish({
      type: 'speech.ended', segment_id: segment.id, reason: segment.endReason,
      start: toSeconds(segment.startSample), end: toSeconds(segment.endSample),
    });
    const reading = utterance.final(segment.endSample).finally(() => utterance.close());
    // The reading runs now; its result is delivered after those before it.
    this.#finalTail = this.#finalTail
      .then(() => reading)
      .then((transcript) => this.#deliver(segment, transcript, { endedAtMs, silenceMs, endpoint }))
      .catch((error: unknown) => this.#reportError(error));
  }

  #deliver(segment: SpeechSegment, transcript: Transcript & { wasAhead: boolean }, at: { endedAtMs: number; silenceMs: number; endpoint: string }): void {
    const { config, publish, trace } = this.#options;
    trace?.read(transcript);
    const isSpeech = hasEvidence(transcript, config.match);
    const heard = isSpeech ? transcript : { ...transcript, text: '', words: [] };
    const timing = { silence: at.silenceMs, waited: performance.now() - at.endedAtMs, inference: transcript.inferenceMs, ...transcript.stageMs };
    const isWhole = segment.endReason !== 'max-length';
    publish({
      ...this.#segmentFields(segment.id, segment.startSample, segment.endSample, heard),
      type: 'segment.final', is_final: true, speech_final: isWhole, no_speech: transcript.noSpeechProbability, timing,
      ...(at.endpoint ? { endpoint: at.endpoint } : {}),
    });
    if (!isWhole || !isSpeech) return;
    this.#track(this.#interpreter.hear(transcript.text, {
      segmentId: segment.id, transcript, language: transcript.language, spokenAtMs: at.endedAtMs, timing,
    })).catch((error: unknown) => this.#reportError(error));
  }

  #segmentFields(segmentId: string, startSample: number, endSample: number, transcript: Transcript) {
    const start = toSeconds(startSample);
    return {
      segment_id: segmentId, start, end: toSeconds(endSample), duration: toSeconds(endSample - startSample),
      text: transcript.text, confidence: transcript.confidence, language: transcript.language,
      words: transcript.words.map(({ word, startMs, endMs, confidence }) => ({
        word, confidence, start: round3(start + startMs / 1000), end: round3(start + endMs / 1000),
      })),
    };
  }

  #track(work: Promise<void>): Promise<void> {
    const tracked = work.catch(() => { /* The caller gets it. */ }).finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
    return work;
  }

  #reportError(error: unknown): void {
    const { code, message } = asHeedError(error);
    if (code === 'closed' && this.#state !== 'open') return;
    this.#options.publish({ type: 'error', code, message });
  }
}

function closedError(): HeedError {
  return new HeedError('closed', 'The session was closed before.');
}

function toSeconds(samples: number): number {
  return round3(samples / sampleRateHz);
}

function round3(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
