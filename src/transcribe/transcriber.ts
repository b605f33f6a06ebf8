import type { DecoderGraph, Priority, Transcript } from '../types.ts';

/** How one piece of audio is to be read. */
export interface ReadOptions {
  segmentId: string;
  /** Only the samples before this one are read; default: all that have been appended. */
  endSample?: number;
  priority: Priority;
  /** ISO 639-1 code or "auto"; default "en". English-only models accept "en" and "auto". */
  language?: string;
  /** Translate into English instead of transcribing (multilingual models only). */
  translate?: boolean;
  /** How many free readings are wanted, 1–8. */
  nBest?: number;
  /** Whether word times are wanted; they cost one more decoder pass. */
  words?: boolean;
  /** The grammar of the constrained readings, which are made of the same encoded audio; without it there are none. */
  grammar?: DecoderGraph;
  /** Words that the free reading slightly prefers. */
  boost?: string[];
  /**
   * How long a final reading may wait for a worker before it rejects with `busy`, ms; default: the option
   * `transcribe.maxFinalWaitMs`. A reading that may wait longer lets more urgent ones go first.
   */
  maxWaitMs?: number;
  /**
   * Whether the reading of a quicker model (`transcribe.firstLook`) is all that is needed; without it, the quicker
   * model is not asked.
   */
  suffices?: (transcript: Transcript) => boolean;
  signal?: AbortSignal;
}

/**
 * The audio of one segment. It is appended while it arrives, and may be read several times (partial, early and final
 * readings).
 */
export interface SegmentAudio {
  /** Appends 16 kHz mono samples; they are copied. Throws `audio-too-long` beyond 30 s. */
  append(samples: Float32Array): void;
  /** How many samples have been appended. */
  readonly length: number;
  /**
   * Reads the audio. Rejects with `aborted`, `bad-message`, `busy`, `timeout`, `worker-lost`, `native-failed` or
   * `closed`.
   */
  read(options: ReadOptions): Promise<Transcript>;
  /** The segment has ended where its early reading ends, so from now on that reading is as urgent as a final one. */
  promote(): void;
  /** Frees the audio and aborts its readings. Idempotent. */
  close(): void;
}

/** What an engine is, for `heed doctor` and events. */
export interface TranscriberInfo {
  model: string;
  /** `cpu`, `cuda`, `metal` or `vulkan`. */
  backend: string;
  /** The GPU's name; absent on the CPU. */
  device?: string;
  /** Why the GPU is not used, although one was wanted and an engine was built for it. */
  gpuProblem?: string;
  multilingual: boolean;
  /** How many readings can run side by side. */
  workers: number;
  /** CPU features and the like, in the engine's words. */
  system: string;
}

/** Turns speech into text. The in-process engine, the worker processes and engines of users all have this interface. */
export interface Transcriber {
  readonly info: TranscriberInfo;
  /** Opens the audio of a segment. `sessionId` lets sessions take turns when readings have to wait. */
  open(sessionId: string): SegmentAudio;
  /**
   * How many readings wait, how many run, and how many could run at once. Partials are skipped if no worker is idle.
   */
  load(): { waiting: number; running: number; capacity: number };
  /** How many workers have ended by themselves so far; absent where there are none. */
  readonly restarts?: number;
  /** Ends all work. Idempotent. */
  close(): Promise<void>;
}
