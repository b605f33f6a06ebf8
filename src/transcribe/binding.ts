import type { Alternative, DecoderGraph, Word, WordScore } from '../types.ts';

/**
 * One reading of one piece of audio; every field is checked again by the addon, which throws `bad-message` in front of
 * native code.
 */
export interface NativeRead {
  /** 0 final, 1 early, 2 partial; served in this order. */
  priority: 0 | 1 | 2;
  /** Samples of the audio to read, from its start. */
  endSample: number;
  /** ISO 639-1 code or "auto". */
  language: string;
  translate: boolean;
  /** Free readings wanted, 1–8. */
  nBest: number;
  words: boolean;
  /**
   * Positions of 20 ms that the encoder sees, 64–1500; 0 sizes it to the audio, with one retry at full size when the
   * text loops.
   */
  positions: number;
  /** Threads that compute it, 1–16. */
  threads: number;
  /** Width of the constrained search, 1–16. */
  beam: number;
  /** Absent: no constrained reading. The addon keeps the most recent graphs by their id. */
  graph?: DecoderGraph;
  /** Words whose spelling gets a soft boost in the free reading. */
  boost?: string[];
}

/** What a reading gives; log-probabilities are natural logarithms, end of text included. */
export interface NativeReading {
  text: string;
  logProbability: number;
  tokens: number;
  endMs: number;
  scores?: WordScore[];
  words: Word[];
  language: string;
  /** Mean token probability, 0–1. */
  confidence: number;
  noSpeechProbability: number;
  alternatives: Alternative[];
  prompted?: Alternative;
  constrained?: Alternative[];
  brokenOff?: Alternative[];
  /** Encoder positions used. */
  positions: number;
  inferenceMs: number;
  stageMs: Record<string, number>;
}

/** A reading under way. `abort()` makes it reject with code `aborted` within a few ms on the CPU. */
export interface NativeJob {
  promise: Promise<NativeReading>;
  abort(): void;
}

/** Audio of one segment; its spectrogram grows with it, on a thread of the addon. */
export interface NativeAudio {
  /** Copies 16 kHz mono samples. Throws beyond 30 s, for NaN, and after close(). */
  append(samples: Float32Array): void;
  readonly length: number;
  /** Frees the audio; a reading under way goes on with its own copy. Idempotent. */
  close(): void;
}

/** A loaded model with its reader threads: one whisper state and one thread each. */
export interface NativeEngine {
  /** What whisper computes on: `cpu`, or the backend of a GPU. */
  readonly backend: string;
  /** The GPU's name; empty on the CPU. */
  readonly device: string;
  readonly system: string;
  readonly multilingual: boolean;
  openAudio(): NativeAudio;
  /** Throws `busy` when `maxQueue` readings wait. */
  read(audio: NativeAudio, options: NativeRead): NativeJob;
  /** Readings waiting and running. */
  load(): { waiting: number; running: number };
  /** Aborts all work, joins the threads, frees the model. Blocks for a few ms. Idempotent. */
  close(): void;
}

/** The addon. Errors it throws or rejects with are plain Errors with a `code` of `errorCodes`. */
export interface NativeAddon {
  /**
   * The caller has verified the file's checksum. With `gpu` an engine that cannot use one rejects; an integrated one
   * under Vulkan counts only with `integratedGpu`.
   */
  load(
    path: string,
    options: { readers: number; maxQueue: number; gpu: boolean; integratedGpu?: boolean },
  ): Promise<NativeEngine>;
}
