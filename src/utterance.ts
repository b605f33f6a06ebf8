import type { Config } from './config.ts';
import { HeedError } from './errors.ts';
import type { ReadOptions, SegmentAudio, Transcriber } from './transcribe/transcriber.ts';
import { PartialAgreement } from './transcribe/partial-agreement.ts';
import { msToSamples, type DecoderGraph, type Transcript } from './types.ts';

/** A reading of the segment so far, started in a pause. It is valid for the sample where its audio ended, and no other. */
interface Speculation {
  endSample: number;
  abort: AbortController;
  transcript: Promise<Transcript>;
}

/** What an utterance needs to know. */
export interface UtteranceOptions {
  segmentId: string;
  sessionId: string;
  /** Where the segment's audio starts, in samples since the stream's start. */
  startSample: number;
  language: string;
  config: Config['transcribe'];
  transcriber: Transcriber;
  /** The grammar of this moment; read once per utterance. */
  grammar?: DecoderGraph;
  onPartial: (partial: { text: string; committed: string; endSample: number; transcript: Transcript }) => void;
}

/** One open segment on its way to text: its audio in the engine, the reading ahead of its end, and the partials. */
export class Utterance {
  readonly segmentId: string;
  readonly startSample: number;
  readonly #options: UtteranceOptions;
  readonly #audio: SegmentAudio;
  readonly #agreement = new PartialAgreement();
  #speculation: Speculation | undefined;
  #partial: AbortController | undefined;
  #lastPartialLength = 0;

  constructor(options: UtteranceOptions) {
    this.segmentId = options.segmentId;
    this.startSample = options.startSample;
    this.#options = options;
    this.#audio = options.transcriber.open(options.sessionId);
  }

  /** Takes audio of the open segment. */
  append(samples: Float32Array): void {
    this.#audio.append(samples);
    if (this.#options.config.partials) this.#readPartial();
  }

  /**
   * Reads the segment as if it ended at `endSample`, ahead of the endpoint's decision; `onRead` gets the result unless speech resumes before.
   * Skipped while other readings wait: speculation must not delay anybody's final.
   */
  speculate(endSample: number, onRead: (transcript: Transcript) => void): void {
    this.resume();
    if (this.#options.transcriber.load().waiting > 0) return;
    this.#partial?.abort();
    const abort = new AbortController();
    const transcript = this.#read({ priority: 'speculative', endSample: endSample - this.startSample, signal: abort.signal });
    const speculation: Speculation = { endSample, abort, transcript };
    this.#speculation = speculation;
    transcript.then(
      (result) => { if (this.#speculation === speculation) onRead(result); },
      // The final reading is made anew then.
      () => { if (this.#speculation === speculation) this.#speculation = undefined; },
    );
  }

  /** Speech went on: what was read ahead is stale. */
  resume(): void {
    this.#speculation?.abort.abort();
    this.#speculation = undefined;
  }

  /** The text of the whole segment: what was read ahead when it ended at the same sample, else a new reading. */
  async final(endSample: number): Promise<Transcript & { wasAhead: boolean }> {
    this.#partial?.abort();
    const ahead = this.#speculation;
    if (ahead && ahead.endSample === endSample) {
      this.#audio.promote();
      try {
        return { ...(await ahead.transcript), wasAhead: true };
      } catch (error) {
        if (error instanceof HeedError && error.code === 'closed') throw error;
        // A reading ahead may be dropped when the machine is busy; the final one below is not.
      }
    } else this.resume();
    return { ...(await this.#read({ priority: 'final', endSample: endSample - this.startSample })), wasAhead: false };
  }

  /** Frees the audio and stops every reading. Idempotent. */
  close(): void {
    this.#partial?.abort();
    this.resume();
    this.#audio.close();
  }

  #read(options: Pick<ReadOptions, 'priority' | 'endSample' | 'signal'>): Promise<Transcript> {
    const { segmentId, language, config, grammar } = this.#options;
    const isWhole = options.priority !== 'partial';
    return this.#audio.read({
      ...options,
      segmentId,
      language,
      words: isWhole,
      ...(isWhole ? { nBest: config.nBest } : {}),
      ...(isWhole && grammar ? { grammar } : {}),
    });
  }

  #readPartial(): void {
    const { config, transcriber, onPartial } = this.#options;
    const length = this.#audio.length;
    if (this.#partial || length - this.#lastPartialLength < msToSamples(config.partialEveryMs)) return;
    const load = transcriber.load();
    if (load.waiting > 0 || load.running >= load.capacity) return;
    this.#lastPartialLength = length;
    const abort = new AbortController();
    this.#partial = abort;
    this.#read({ priority: 'partial', endSample: length, signal: abort.signal })
      .then((transcript) => {
        if (abort.signal.aborted || transcript.text === '') return;
        onPartial({ ...this.#agreement.update(transcript.text), endSample: this.startSample + length, transcript });
      })
      .catch(() => { /* A partial that could not be read is made up for by the next one. */ })
      .finally(() => { if (this.#partial === abort) this.#partial = undefined; });
  }
}
