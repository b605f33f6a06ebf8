import type { Language } from '../../language/index.ts';
import type { Slot } from './slot.ts';

/**
 * The first phrases of a list slot, `most` at most; undefined for any other slot, which has no values to go through.
 */
export function firstPhrases(slot: Slot | undefined, language: Language, most: number): string[] | undefined {
  const pattern = slot?.type === 'list' ? slot.pattern(language) : undefined;
  if (pattern?.kind !== 'phrases') return undefined;
  const first: string[] = [];
  for (const phrase of pattern.phrases) {
    if (first.length >= most) break;
    first.push(phrase.join(' '));
  }
  return first;
}
