import type { Heed, HeedOptions } from '../heed.ts';

/** What the command line provides for every verb. */
export interface CliHost {
  /** Sets the exit code. */
  done: (code: number) => void;
  createHeed: (options: HeedOptions) => Promise<Heed>;
}
