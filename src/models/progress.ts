/** How far the fetching of a model is; `phase` is a few words for people, such as "converting". */
export interface ModelProgress {
  phase: string;
  doneBytes: number;
  totalBytes?: number;
}

/** What long work on models takes. */
export interface WorkOptions {
  onProgress?: (progress: ModelProgress) => void;
  signal?: AbortSignal;
}
