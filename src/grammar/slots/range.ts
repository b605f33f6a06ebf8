import { z } from 'zod';
import { perLanguage } from './per-language.ts';
import type { Slot } from './slot.ts';
import { either, readBy, slotPart, templates, type Part } from './spoken-part.ts';

/** The two ends of a range, in the order in which they are said. */
export interface Range<T> {
  from: T;
  to: T;
}

/** Two values of another slot: "ten to twenty", "between 5 and 10", "10–20". */
export function range<T>(slot: Slot<T>): Slot<Range<T>> {
  const part = perLanguage((language) => {
    const parts = { from: slotPart(slot, language), to: slotPart(slot, language) };
    const digits: Part<Range<T>> = {
      pattern: { kind: 'phrases', phrases: [] },
      // A dash separates words, so "10–20" is two of them.
      *read(words, at) {
        const pair = words.slice(at, at + 2);
        if (pair.length < 2 || !pair.every((word) => /^\d/.test(word))) return;
        const [from, to] = pair.map((word) => slot.parse([word], language));
        if (from !== undefined && to !== undefined) yield { value: { from, to }, end: at + 2 };
      },
    };
    const spoken = templates(language.things?.ranges ?? [], parts, (found) => ({ from: found.from!, to: found.to! }));
    return either<Range<T>>(spoken, digits);
  });
  const { runTime } = slot;
  return {
    type: 'range',
    schema: z.object({ from: slot.schema, to: slot.schema }),
    key: `range:${slot.key}`,
    vagueness: slot.vagueness,
    guessable: false,
    problems: () => slot.problems(),
    ...readBy(part),
    ...(runTime ? { runTime: { ...runTime, fill: (values: unknown) => range(runTime.fill(values)) } } : {}),
    hint: (language) => slot.hint(language),
  };
}
