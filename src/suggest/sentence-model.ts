/** Compares what sentences mean. */
export interface SentenceModel {
  /**
   * Returns a vector of length 1 for each sentence: the more two sentences mean the same, the nearer their product is
   * to 1. Rejects with a HeedError when the model has ended.
   */
  embed(sentences: readonly string[]): Promise<readonly Float32Array[]>;
  /** Idempotent. */
  close(): Promise<void>;
}

/** The product of two vectors. */
export function similarity(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
