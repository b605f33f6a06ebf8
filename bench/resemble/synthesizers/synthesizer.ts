/** What a synthesizer should speak, and the WAV file to write. */
export interface SpokenFile {
  text: string;
  path: string;
}

/** A program that speaks. */
export interface Synthesizer {
  name: string;
  /** The command that installs it. */
  install: string;
  /** Returns what is installed, with its version; undefined when it is not installed. */
  version: () => Promise<string | undefined>;
  speak: (files: readonly SpokenFile[], voice: Voice) => Promise<void>;
}

export interface Voice {
  /** The synthesizer and the name: "flite:slt". */
  id: string;
  /** The name that the synthesizer uses. */
  name: string;
  /** An ISO 639-1 code. */
  language: string;
  synthesizer: Synthesizer;
}

/** Calls `ask` once and keeps the result. */
export function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}
