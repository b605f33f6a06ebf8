import type { DecoderGraph, Priority, Transcript } from '../types.ts';

/** How one piece of audio is to be read. */
export interface ReadOptions {
  segmentId: string;
  /** Sample in this audio where the reading ends, exclusive; default: all that was appended. */
  endSample?: number;
  priority: Priority;
  /** ISO 639-1 code or "auto"; default "en". English-only models accept "en" and "auto". */
  language?: string;
  /** Translate into English instead of transcribing (multilingual models only). */
  translate?: boolean;
  /** Readings wanted, 1–8. */
  nBest?: number;
  /** Whether word times are wanted; they cost one more decoder pass. */
  words?: boolean;
  /** Holds a second reading of the same encoded audio to this grammar. */
  grammar?: DecoderGraph;
  /** Words that get a soft boost in the free reading. */
  boost?: string[];
  /**
   * A final that waited longer for a worker is answered `busy`, ms; default: the option `transcribe.maxFinalWaitMs`.
   * One that may wait longer gives way.
   */
  maxWaitMs?: number;
  signal?: AbortSignal;
}

/**
 * Audio of one segment on its way to text: it is appended while it arrives, and may be read more than once (partials,
 * early, final).
 */
export interface SegmentAudio {
  /** Appends 16 kHz mono samples; they are copied. Throws `audio-too-long` beyond 30 s. */
  append(samples: Float32Array): void;
  /** Samples appended so far. */
  readonly length: number;
  /**
   * Reads the audio. Rejects with `aborted`, `bad-message`, `busy`, `timeout`, `worker-lost`, `native-failed` or
   * `closed`.
   */
  read(options: ReadOptions): Promise<Transcript>;
  /** The segment has ended where its early reading ends: that reading is as urgent as a final one from now on. */
  promote(): void;
  /** Frees the audio; running reads are aborted. Idempotent. */
  close(): void;
}

/** What an engine is, for `heed doctor` and events. */
export interface TranscriberInfo {
  model: string;
  /** `cpu`, `cuda`, `metal` or `vulkan`. */
  backend: string;
  /** The GPU's name; absent on the CPU. */
  device?: string;
  /** Why no GPU reads, though one was wanted and an engine built for it. */
  gpuProblem?: string;
  multilingual: boolean;
  /** Readings side by side. */
  workers: number;
  /** CPU features and the like, in the engine's words. */
  system: string;
}

/** Turns speech into text. The same interface serves the in-process engine, the worker processes and any other. */
export interface Transcriber {
  readonly info: TranscriberInfo;
  /** Opens the audio of a segment. `sessionId` is used for fairness between sessions. */
  open(sessionId: string): SegmentAudio;
  /** How many readings wait or run, and how many could run at once; partials are skipped when nothing is idle. */
  load(): { waiting: number; running: number; capacity: number };
  /** Ends all work. Idempotent. */
  close(): Promise<void>;
}
