import { z } from 'zod';
import { perLanguage } from './per-language.ts';
import { defaultLength, digitWords, inRow, lengthProblems, repeated, type LengthOptions } from './signs.ts';
import type { Slot } from './slot.ts';
import { either, readBy, table, templates, written } from './spoken-part.ts';

/** Digits said one by one or in groups, such as a phone number: "oh one two double three", "+49 30 12 34". */
export function digits({ min = defaultLength.min, max = defaultLength.max }: LengthOptions = {}): Slot<string> {
  const fits = ({ length }: string): boolean => length >= min && length <= max;
  const part = perLanguage((language) => {
    const group = written<string>([], (word) => (/^\d+$/.test(word) ? word : undefined));
    const single = digitWords(language);
    const row = inRow(either(group, single, repeated(single, language)), Math.min(max, defaultLength.max));
    const plus = table([...(language.things?.plus ?? []), '+'].map((way) => [way, '+'] as const));
    return templates(['[{plus}] {row}'], { plus, row }, (found): string | undefined => {
      return fits(found.row!) ? `${found.plus ?? ''}${found.row!}` : undefined;
    });
  });
  return {
    type: 'digits',
    schema: z
      .string()
      .regex(/^\+?\d+$/)
      .refine((said) => fits(said.replace('+', ''))),
    key: `digits:${min}:${max}`,
    vagueness: 0.1,
    guessable: false,
    problems: () => lengthProblems(min, max),
    ...readBy(part),
    hint: () => '0 1 2 3',
  };
}
