import { z } from 'zod';
import type { Slot } from './slot.ts';

/** The bounds of free text. */
export interface TextOptions {
  /** How many words at most; default 24. */
  maxWords?: number;
}

/** Any words, one or more, as they were said: with their case, accents and the punctuation between them. */
export function text(options: TextOptions = {}): Slot<string> {
  const { maxWords = 24 } = options;
  return {
    type: 'text',
    schema: z.string().min(1),
    key: `text:${maxWords}`,
    vagueness: 1,
    guessable: false,
    isVerbatim: true,
    problems: () =>
      Number.isInteger(maxWords) && maxWords >= 1 && maxWords <= 200
        ? []
        : [`maxWords must be a whole number from 1 to 200, it is ${maxWords}`],
    pattern: () => ({ kind: 'any-words', most: Math.min(200, Math.max(1, Math.floor(maxWords) || 1)) }),
    parse: (words) => (words.length > 0 && words.length <= maxWords ? words.join(' ') : undefined),
    hint: () => 'any words',
  };
}
