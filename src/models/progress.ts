/** How far the fetching of a model has come; `phase` is a few words for people, such as "converting". */
export interface ModelProgress {
  phase: string;
  doneBytes: number;
  totalBytes?: number;
}

/** The progress callback and the abort signal of long work on models. */
export interface WorkOptions {
  onProgress?: (progress: ModelProgress) => void;
  signal?: AbortSignal;
}
