/** One stream's part of a run: its next input, and its recurrent states, which a run replaces. */
export interface ModelRow {
  readonly input: Float32Array;
  readonly states: readonly Float32Array[];
}

/** A voice activity model, run for many streams at once. A run blocks its thread. */
export interface VoiceModel {
  /** Creates the row of a new stream: silence before it, all states zero. */
  createRow(): ModelRow;
  /** Returns the speech probabilities of the rows' inputs, in order. The rows must belong to different streams. */
  run(rows: readonly ModelRow[]): Promise<Float32Array> | Float32Array;
  /** Frees the model. */
  release(): Promise<void> | void;
}
