import { z } from 'zod';
import { tokenize } from '../tokenize.ts';
import type { Slot } from './slot.ts';

/**
 * What may follow any command and means nothing: "please". Bound under the empty name, it never becomes an argument.
 */
export const politeEnd: Slot<string> = {
  type: 'polite-end',
  schema: z.string(),
  key: 'polite-end',
  vagueness: 0,
  guessable: true,
  problems: () => [],
  pattern: (language) => ({ kind: 'phrases', phrases: language.politeEnd.map(tokenize) }),
  parse: (words) => words.join(' '),
  hint: (language) => language.politeEnd[0] ?? '',
};
