/** One stream's side of a run: what it hears next, and its recurrent states, which a run replaces. */
export interface ModelRow {
  readonly input: Float32Array;
  readonly states: readonly Float32Array[];
}

/** A voice activity model, run for many streams at once. A run blocks its thread. */
export interface VoiceModel {
  /** A new stream: silence before, states zero. */
  createRow(): ModelRow;
  /** Speech probabilities of the rows' inputs, in their order. The rows must be of different streams. */
  run(rows: readonly ModelRow[]): Promise<Float32Array> | Float32Array;
  /** Frees the model. */
  release(): Promise<void> | void;
}
