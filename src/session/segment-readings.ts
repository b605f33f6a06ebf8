import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { withoutCaptions } from '../match/captions.ts';
import type { ReadOptions, SegmentAudio, Transcriber } from '../transcribe/transcriber.ts';
import { PartialAgreement } from '../transcribe/partial-agreement.ts';
import { msToSamples, type DecoderGraph, type Priority, type Transcript } from '../types.ts';

/** The final reading of a segment. */
export interface FinalReading extends Transcript {
  /** Whether it is an early reading, which was begun before the segment ended. */
  isEarly: boolean;
  /** From the request for the reading to its result, ms. */
  readingMs: number;
}

/** What constrains a reading (`graph`), and the words it is biased towards (`boost`). */
export interface ReadingGrammar {
  graph: DecoderGraph | undefined;
  boost: string[];
}

/** A reading of the segment so far. It becomes the final one only if the segment ends at exactly `endSample`. */
interface EarlyReading {
  endSample: number;
  abort: AbortController;
  reading: Promise<Transcript & { readingMs: number }>;
}

/** What the readings of one segment need. */
export interface SegmentReadingsOptions {
  segmentId: string;
  sessionId: string;
  /** Where the segment's audio starts, in samples since the stream's start. */
  startSample: number;
  /** ISO 639-1 code or "auto". */
  language: string;
  /** With "auto", the language whose grammar is tried first. */
  likelyLanguage: string;
  config: Config['transcribe'];
  transcriber: Transcriber;
  /** Returns what readings in a language are held to at the moment. */
  grammarOf: (language: string) => ReadingGrammar;
  /** Whether the reading of a quicker model is sure enough; absent where it never is. */
  suffices?: (transcript: Transcript) => boolean;
  /** Called with each early and final reading that is asked for. */
  onReading?: (kind: Exclude<Priority, 'partial'>, reading: Promise<Transcript>) => void;
  onPartial: (partial: { text: string; committed: string; endSample: number; transcript: Transcript }) => void;
}

/** The audio of one segment inside the recogniser, and its readings: partial, early and final. */
export class SegmentReadings {
  readonly segmentId: string;
  readonly startSample: number;
  readonly #options: SegmentReadingsOptions;
  readonly #audio: SegmentAudio;
  readonly #agreement = new PartialAgreement();
  #state: 'speech' | 'paused' | 'ended' = 'speech';
  #early: EarlyReading | undefined;
  #partial: AbortController | undefined;
  #lastPartialLength = 0;

  constructor(options: SegmentReadingsOptions) {
    this.segmentId = options.segmentId;
    this.startSample = options.startSample;
    this.#options = options;
    this.#audio = options.transcriber.open(options.sessionId);
  }

  /** Takes audio of the open segment. Throws what the recogniser throws for audio that it refuses. */
  append(samples: Float32Array): void {
    this.#audio.append(samples);
    if (this.#options.config.partials && this.#state === 'speech') this.#readPartial();
  }

  /** Whether no other reading is waiting, so that an early reading would delay nobody's final one. */
  get canReadEarly(): boolean {
    return this.#options.transcriber.load().waiting === 0;
  }

  /**
   * Reads the segment as if it ended at `endSample`, before the endpoint decision. Resolves with undefined when other
   * readings are waiting, when the reading failed, and when speech resumed before it was done.
   */
  async readEarly(endSample: number): Promise<(Transcript & { readingMs: number }) | undefined> {
    this.resume();
    this.#state = 'paused';
    this.#partial?.abort();
    if (!this.canReadEarly) return undefined;
    const abort = new AbortController();
    const reading = this.#readWhole({
      priority: 'early',
      endSample: endSample - this.startSample,
      signal: abort.signal,
    });
    const early: EarlyReading = { endSample, abort, reading };
    this.#early = early;
    try {
      const transcript = await reading;
      return this.#early === early && this.#state === 'paused' ? transcript : undefined;
    } catch {
      // Harmless: without an early reading, `final` makes a new one.
      if (this.#early === early) this.#early = undefined;
      return undefined;
    }
  }

  /** Speech went on, so the early reading no longer covers the whole segment. */
  resume(): void {
    if (this.#state === 'paused') this.#state = 'speech';
    this.#early?.abort.abort();
    this.#early = undefined;
  }

  /** Reads the whole segment: the early reading serves if it ended at the same sample, else a new one is made. */
  async final(endSample: number): Promise<FinalReading> {
    this.#state = 'ended';
    this.#partial?.abort();
    const early = this.#early;
    if (early?.endSample === endSample) {
      this.#audio.promote();
      try {
        return { ...(await early.reading), isEarly: true };
      } catch (error) {
        // The scheduler aborted it in favour of another final reading. Ours is now final too and cannot be displaced.
        if (!(error instanceof HeedError && error.code === 'aborted') || early.abort.signal.aborted) throw error;
      }
    } else this.resume();
    return {
      ...(await this.#readWhole({ priority: 'final', endSample: endSample - this.startSample })),
      isEarly: false,
    };
  }

  /** Frees the audio and stops every reading. Idempotent. */
  close(): void {
    this.#state = 'ended';
    this.#partial?.abort();
    this.resume();
    this.#audio.close();
  }

  /** With "auto", speech in another language than the expected one is read again with the grammar of that language. */
  async #readWhole(options: {
    priority: Exclude<Priority, 'partial'>;
    endSample: number;
    signal?: AbortSignal;
  }): Promise<Transcript & { readingMs: number }> {
    const { language, likelyLanguage, grammarOf } = this.#options;
    const startedMs = performance.now();
    const first = await this.#read({ ...options, ...this.#whole(language === 'auto' ? likelyLanguage : language) });
    const isOther =
      language === 'auto' &&
      first.language !== likelyLanguage &&
      first.text !== '' &&
      grammarOf(first.language).graph !== undefined;
    if (!isOther) return { ...first, readingMs: performance.now() - startedMs };
    const priority = this.#state === 'ended' ? 'final' : options.priority;
    const second = await this.#read({ ...options, priority, ...this.#whole(first.language), language: first.language });
    return { ...second, inferenceMs: first.inferenceMs + second.inferenceMs, readingMs: performance.now() - startedMs };
  }

  #whole(language: string): Pick<ReadOptions, 'words' | 'nBest' | 'grammar' | 'boost' | 'suffices'> {
    const { grammarOf, suffices } = this.#options;
    const { graph, boost } = grammarOf(language);
    return {
      words: true,
      nBest: this.#options.config.nBest,
      ...(graph ? { grammar: graph } : {}),
      ...(boost.length > 0 ? { boost } : {}),
      ...(graph && suffices ? { suffices } : {}),
    };
  }

  #read(options: Omit<ReadOptions, 'segmentId'>): Promise<Transcript> {
    const { segmentId, language, onReading } = this.#options;
    const reading = this.#audio.read({ segmentId, language, ...options });
    if (options.priority !== 'partial') onReading?.(options.priority, reading);
    return reading;
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
    this.#read({ priority: 'partial', endSample: length, words: false, signal: abort.signal })
      .then((transcript) => {
        const text = withoutCaptions(transcript.text);
        if (abort.signal.aborted || text === '') return;
        onPartial({ ...this.#agreement.update(text), endSample: this.startSample + length, transcript });
      })
      .catch(() => {
        /* A partial reading that failed is harmless: the next one covers its words too. */
      })
      .finally(() => {
        if (this.#partial === abort) this.#partial = undefined;
      });
  }
}
