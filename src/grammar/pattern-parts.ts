import type { Pattern } from './pattern.ts';
import { tokenize } from './tokenize.ts';

/** Phrases of which many have the same endings, as numbers do. */
export function phrases(all: readonly (readonly string[])[]): Pattern {
  return { kind: 'phrases', phrases: all, areAlike: true };
}

/** The same, as they are written. */
export function words(all: readonly string[]): Pattern {
  return phrases(all.map(tokenize));
}

export function choice(...options: Pattern[]): Pattern {
  return { kind: 'choice', options };
}

export function sequence(...parts: Pattern[]): Pattern {
  return { kind: 'sequence', parts };
}

export function optional(part: Pattern): Pattern {
  return { kind: 'optional', part };
}
