import { tokenize, type Slot } from '../grammar/index.ts';
import { languageOf } from '../language/index.ts';

/**
 * The value that a phrase has as a slot, or undefined. Small words around it, as in "to the kitchen please", are passed
 * over.
 */
export function readSlot<T>(slot: Slot<T>, text: string, language: string): T | undefined {
  const known = languageOf(language);
  const words = tokenize(text);
  if (words.length === 0) return undefined;
  const whole = slot.parse(words, known);
  if (whole !== undefined) return whole;
  const small = new Set([
    ...known.weak,
    ...known.fillers,
    ...[...known.openings, ...known.politeStart, ...known.politeEnd].flatMap(tokenize),
  ]);
  const start = words.findIndex((word) => !small.has(word));
  const end = words.findLastIndex((word) => !small.has(word)) + 1;
  return start < 0 ? undefined : slot.parse(words.slice(start, end), known);
}

/** A few things to say for a slot, for help. */
export function slotHint(slot: Slot, language: string): string {
  return slot.hint(languageOf(language));
}
