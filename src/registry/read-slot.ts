import { SaidText, tokenize, type Slot } from '../grammar/index.ts';
import { languageOf, type Language } from '../language/index.ts';

/**
 * Returns the value that a phrase has as a slot, or undefined. Small words around the value, as in "to the kitchen
 * please", are ignored.
 */
export function readSlot<T>(slot: Slot<T>, text: string, language: string): T | undefined {
  const known = languageOf(language);
  const words = tokenize(text);
  if (words.length === 0) return undefined;
  const value = valueOf(slot, words, known);
  if (value === undefined || slot.isVerbatim !== true || typeof value !== 'string') return value;
  // The type of such a slot is text.
  return (new SaidText(text, known.fillers).writingOf(value.split(' ')) ?? value) as T & string;
}

function valueOf<T>(slot: Slot<T>, words: readonly string[], known: Language): T | undefined {
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

/** Returns a few things that can be said for a slot, for help. */
export function slotHint(slot: Slot, language: string): string {
  return slot.hint(languageOf(language));
}
