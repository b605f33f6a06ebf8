import type { Alternative, DecoderGraph, Word, WordScore } from '../types.ts';

/**
 * What is asked of one reading. The addon checks every field again and throws `bad-message` before a wrong one can
 * reach native code.
 */
export interface NativeRead {
  /** 0 final, 1 early, 2 partial; served in this order. */
  priority: 0 | 1 | 2;
  /** How many samples of the audio to read, from its start. */
  endSample: number;
  /** ISO 639-1 code or "auto". */
  language: string;
  translate: boolean;
  /** How many free readings are wanted, 1–8. */
  nBest: number;
  words: boolean;
  /**
   * How many positions of 20 ms the encoder sees, 64–1500. With 0 they are as many as the audio needs; if the text then
   * repeats itself, the audio is read once more with all positions.
   */
  positions: number;
  /** How many threads compute the reading, 1–16. */
  threads: number;
  /** Width of the constrained search, 1–16. */
  beam: number;
  /** Without a graph there is no constrained reading. The addon keeps the graphs used last, by their id. */
  graph?: DecoderGraph;
  /** Words that the free reading slightly prefers, spelled as they are here. */
  boost?: string[];
}

/** The result of a reading. Log-probabilities are natural logarithms and include that of the end of the text. */
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

/** The audio of one segment. A thread of the addon computes its spectrogram while the audio grows. */
export interface NativeAudio {
  /** Copies 16 kHz mono samples. Throws beyond 30 s, for NaN, and after close(). */
  append(samples: Float32Array): void;
  readonly length: number;
  /** Frees the audio. A reading under way continues with its own copy. Idempotent. */
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

/** The addon. The errors that it throws or rejects with are plain Errors with a `code` from `errorCodes`. */
export interface NativeAddon {
  /**
   * Loads a model file, whose checksum the caller has verified. With `gpu`, rejects if no GPU can be used; under Vulkan
   * a GPU that is part of the processor is used only with `integratedGpu`.
   */
  load(
    path: string,
    options: { readers: number; maxQueue: number; gpu: boolean; integratedGpu?: boolean },
  ): Promise<NativeEngine>;
}
