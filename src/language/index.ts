import * as definitions from './all.ts';
import { baseCode, englishCode } from './codes.ts';
import { complete } from './complete.ts';
import type { Language } from './language.ts';
import { withOwnWords } from './own-words.ts';

export { addWords, type WordsByLanguage } from './own-words.ts';
export { baseCode, codeOrDefault, defaultLanguage, englishCode, writesSpaces } from './codes.ts';
export { englishSpelling } from './en/spelling.ts';
export type { Answers, DialogWords, Fraction, Language, Scale, Sentences } from './language.ts';
export type { ByPhrase, DateWords, ThingWords, TimeWords } from './value-words.ts';
export { nameInWords } from './name-in-words.ts';
export { simplified } from './simplified.ts';
export { firstScale, mostOf, takes } from './whole-numbers.ts';

/** All languages, for work that must be done before it is known which one is spoken. */
export const allLanguages: readonly Language[] = Object.values(definitions).map((definition) =>
  complete(definition, definitions.english),
);

const byCode = new Map(allLanguages.map((language) => [language.code, language]));

/** The codes of the languages whose words heed knows. */
export const supportedLanguages: readonly string[] = [...byCode.keys()];

/**
 * The language of a code such as "de" or "de-AT"; undefined for "auto" and for languages whose words heed does not
 * know.
 */
export function knownLanguage(code: string): Language | undefined {
  const language = byCode.get(baseCode(code));
  return language && withOwnWords(language);
}

/** Languages whose words heed does not know, made when they are first asked for. */
const others = new Map<string, Language>();

/**
 * The language of a code; English for "auto". One whose words heed does not know has no words of its own, and what heed
 * says in it is English.
 */
export function languageOf(code: string): Language {
  const known = knownLanguage(code);
  if (known) return known;
  const base = baseCode(code);
  if (!/^[a-z]{2,3}$/.test(base)) return withOwnWords(byCode.get(englishCode)!);
  let other = others.get(base);
  if (!other) {
    other = complete({ code: base, critical: [], turning: [] }, definitions.english);
    others.set(base, other);
  }
  return withOwnWords(other);
}
