import { HeedError } from '../../src/errors.ts';

/** The code of the HeedError that the work throws; undefined when it throws nothing. Other errors are passed on. */
export function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof HeedError) return error.code;
    throw error;
  }
}
