import type { Transcript } from '../../src/types.ts';
import type { Expected } from '../lib/expected.ts';

/** A value that was taken out of the grammar. */
export interface Missing {
  slot: string;
  value: string;
}

/** One sentence, read once. */
export interface Trial {
  part: 'real' | 'spoken' | 'typed';
  registry: string;
  /** A sentence's kind; in the part `real` "missing" where the sentence names the missing value, else "command". */
  kind: string;
  /** "recorded", a voice of a synthesizer, or empty for a typed phrase. */
  voice: string;
  /** "none", or the decibels that the voice is louder than the kitchen. */
  noise: string;
  say: string;
  expect: Expected[];
  missing?: Missing;
}

/** A trial and where its audio comes from. */
export interface AudioTrial extends Trial {
  samples: () => Promise<Float32Array>;
}

/** A trial and what was read, as a dump has it. */
export interface ReadTrial extends Trial {
  /** Absent for a typed phrase. */
  transcript?: Transcript;
}

export function isCommand(trial: Pick<Trial, 'expect'>): boolean {
  return trial.expect.length > 0;
}
