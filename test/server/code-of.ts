import { HeedError } from '../../src/errors.ts';

/**
 * Returns the code of the HeedError that the work throws, or undefined when it throws nothing. Rethrows other errors.
 */
export function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof HeedError) return error.code;
    throw error;
  }
}
