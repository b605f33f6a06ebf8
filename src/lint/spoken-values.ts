import type { Slot } from '../grammar/index.ts';
import { languageOf } from '../language/index.ts';

/** How many values of a list are looked at. */
const maxValues = 2_000;

/** Yields what can be said for the values of a list, with the values; nothing for other slots. */
export function* spokenValues(
  slot: Slot,
  languageCode: string,
): Generator<{ said: string; words: readonly string[]; value: unknown }> {
  if (slot.type !== 'list') return;
  const language = languageOf(languageCode);
  const pattern = slot.pattern(language);
  if (pattern.kind !== 'phrases') return;
  let count = 0;
  for (const words of pattern.phrases) {
    if (count++ >= maxValues) return;
    yield { said: words.join(' '), words, value: slot.parse(words, language) };
  }
}
