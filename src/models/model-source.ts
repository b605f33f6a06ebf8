import type { Hyperparameters } from './hyperparameters.ts';

/** How numbers of a tensor are stored in a source file. */
export type FloatType = 'f32' | 'f16' | 'bf16';

/** Where a tensor's numbers lie: row-major in a file, without a gap. */
export interface TensorSlice {
  path: string;
  offsetBytes: number;
  type: FloatType;
  elements: number;
}

/**
 * A Whisper model in another format, opened: what a ggml file is written from. Nothing is held in memory but names and
 * places.
 */
export interface ModelSource {
  hyperparameters: Hyperparameters;
  /** The byte strings of the ordinary tokens in the order of their ids. */
  vocabulary: Uint8Array[];
  /** By the tensor's name in a ggml file. */
  tensors: Map<string, TensorSlice>;
}

/** Bytes of one number. */
export const floatBytes: Record<FloatType, number> = { f32: 4, f16: 2, bf16: 2 };
