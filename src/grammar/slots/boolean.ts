import { z } from 'zod';
import { perLanguage } from './per-language.ts';
import type { Slot } from './slot.ts';
import { readAll, table } from './spoken-part.ts';

const kinds = ['yesNo', 'onOff', 'trueFalse'] as const;

/** Which words are understood. */
export interface BooleanOptions {
  /** Default: all kinds. */
  words?: readonly (typeof kinds)[number][];
}

/** Yes or no, on or off, true or false; the value is true or false. */
export function boolean({ words: chosen = kinds }: BooleanOptions = {}): Slot<boolean> {
  const part = perLanguage((language) => {
    const known = language.things?.booleans;
    return table(
      chosen.flatMap((kind) => {
        const [yes, no] = known?.[kind] ?? [language.answers.clearYes, language.answers.no];
        return [...yes.map((way) => [way, true] as const), ...no.map((way) => [way, false] as const)];
      }),
    );
  });
  return {
    type: 'boolean',
    schema: z.boolean(),
    key: `boolean:${chosen.join()}`,
    vagueness: 0.1,
    guessable: false,
    problems: () => (chosen.length === 0 ? ['there are no words for it'] : []),
    pattern: (language) => part(language).pattern,
    parse: (words, language) => readAll(part(language), words),
    hint: (language) =>
      (language.things?.booleans[chosen[0] ?? 'yesNo'] ?? [['true'], ['false']]).map(([way]) => way).join(', '),
  };
}
