import type { Language } from '../../language/index.ts';
import { writeWords } from '../tokenize.ts';
import type { Slot } from './slot.ts';

/**
 * Returns the first phrases of a list slot, `most` at most; undefined for any other slot, which has no list of values.
 * A phrase that two values share is none.
 */
export function firstPhrases(slot: Slot | undefined, language: Language, most: number): string[] | undefined {
  const pattern = slot?.type === 'list' ? slot.pattern(language) : undefined;
  if (pattern?.kind !== 'phrases') return undefined;
  const first: string[] = [];
  for (const phrase of pattern.phrases) {
    if (first.length >= most) break;
    if (slot!.parse(phrase, language) !== undefined) first.push(writeWords(phrase));
  }
  return first;
}
