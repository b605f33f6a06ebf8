import type { Heed, HeedOptions } from '../heed.ts';

/** What the command line gives to every verb. */
export interface CliHost {
  /** Takes the exit code. */
  done: (code: number) => void;
  createHeed: (options: HeedOptions) => Promise<Heed>;
}
