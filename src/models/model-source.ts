import type { Hyperparameters } from './hyperparameters.ts';

/** How the numbers of a tensor are stored in a source file. */
export type FloatType = 'f32' | 'f16' | 'bf16';

/** Where a tensor's numbers are stored: row-major in a file, without a gap. */
export interface TensorSlice {
  path: string;
  offsetBytes: number;
  type: FloatType;
  elements: number;
}

/**
 * An opened Whisper model in another format, from which a ggml file is written. Only names and positions are held in
 * memory.
 */
export interface ModelSource {
  hyperparameters: Hyperparameters;
  /** The byte strings of the ordinary tokens, in the order of their ids. */
  vocabulary: Uint8Array[];
  /** The keys are the names that the tensors have in a ggml file. */
  tensors: Map<string, TensorSlice>;
}

/** The size of one number, bytes. */
export const floatBytes: Record<FloatType, number> = { f32: 4, f16: 2, bf16: 2 };
