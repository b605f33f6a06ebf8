import { z } from 'zod';
import { foldWord } from '../fold.ts';
import type { Language } from '../../language/index.ts';
import { perLanguage } from './per-language.ts';
import { defaultLength, digitWords, inRow, lengthProblems, repeated, type LengthOptions } from './signs.ts';
import type { Slot } from './slot.ts';
import { either, readBy, table, templates, written, type Part } from './spoken-part.ts';

const alphabet = [...'abcdefghijklmnopqrstuvwxyz'];

/**
 * Letters and digits said one by one: "A B C one two", "A as in apple", "alpha bravo", "double L", "ABC12". The value
 * is in upper case, without spaces.
 */
export function letters({ min = defaultLength.min, max = defaultLength.max }: LengthOptions = {}): Slot<string> {
  const part = perLanguage((language) => {
    const letter = letterNames(language);
    const code = written<string>([], (word) => (/^(?=\D*\d)[a-z\d]+$/.test(word) ? word : undefined));
    const sign = either(explained(letter, language), letter, code, digitWords(language));
    const row = inRow(either(sign, repeated(either(letter, digitWords(language)), language)), Math.min(max, 24));
    return templates(['{row}'], { row }, ({ row: said }): string | undefined =>
      said!.length >= min && said!.length <= max ? said!.toUpperCase() : undefined,
    );
  });
  return {
    type: 'letters',
    schema: z.string().min(min).max(max),
    key: `letters:${min}:${max}`,
    vagueness: 0.1,
    guessable: false,
    problems: () => lengthProblems(min, max),
    ...readBy(part),
    hint: () => 'A B C 1 2',
  };
}

function letterNames(language: Language): Part<string> {
  const named = Object.entries(language.things?.letters ?? {});
  return table([
    ...alphabet.map((letter) => [letter, letter] as const),
    ...named.flatMap(([letter, ways]) => [letter, ...ways].map((way) => [way, letter] as const)),
  ]);
}

/** "A as in apple": the word must begin with the letter. */
function explained(letter: Part<string>, language: Language): Part<string> {
  const asIn = table((language.things?.asIn ?? []).map((way) => [way, true] as const));
  return {
    pattern: { kind: 'sequence', parts: [letter.pattern, asIn.pattern, { kind: 'any-words', most: 1 }] },
    *read(words, at) {
      for (const { value, end } of letter.read(words, at)) {
        for (const { end: last } of asIn.read(words, end)) {
          if (last < words.length && foldWord(words[last]!).startsWith(foldWord(value))) yield { value, end: last + 1 };
        }
      }
    },
  };
}
