/** What a synthesizer is to speak, and the WAV file that it goes to. */
export interface SpokenFile {
  text: string;
  path: string;
}

/** A program that speaks. */
export interface Synthesizer {
  name: string;
  /** The line that installs it. */
  install: string;
  /** What is installed, with its version; undefined where it is not there. */
  version: () => Promise<string | undefined>;
  speak: (files: readonly SpokenFile[], voice: Voice) => Promise<void>;
}

export interface Voice {
  /** Synthesizer and name: "flite:slt". */
  id: string;
  /** As the synthesizer calls it. */
  name: string;
  /** ISO 639-1 code. */
  language: string;
  synthesizer: Synthesizer;
}

/** Asks once and keeps the answer. */
export function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}
