import type { Transcript } from '../../src/types.ts';
import type { Expected } from '../lib/expected.ts';

/** A value that was removed from the grammar. */
export interface Missing {
  slot: string;
  value: string;
}

/** One sentence, read once. */
export interface Trial {
  part: 'real' | 'spoken' | 'typed';
  registry: string;
  /**
   * The kind of the sentence. In the part `real` it is "missing" if the sentence names the missing value, otherwise
   * "command".
   */
  kind: string;
  /** "recorded", a voice of a synthesizer, or empty for a typed phrase. */
  voice: string;
  /** "none", or by how many decibels the voice is louder than the kitchen. */
  noise: string;
  say: string;
  expect: Expected[];
  missing?: Missing;
}

/** A trial and the source of its audio. */
export interface AudioTrial extends Trial {
  samples: () => Promise<Float32Array>;
}

/** A trial and what was read, as a dump holds it. */
export interface ReadTrial extends Trial {
  /** Absent for a typed phrase. */
  transcript?: Transcript;
}

export function isCommand(trial: Pick<Trial, 'expect'>): boolean {
  return trial.expect.length > 0;
}
