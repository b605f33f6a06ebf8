import { german } from './de.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';
import type { Language } from './language.ts';

export type { Fraction, Language } from './language.ts';

const languages = new Map<string, Language>(
  [english, german, french, spanish].map((language) => [language.code, language]),
);

/** Codes of the languages whose numbers, percentages and durations heed can read. */
export const supportedLanguages: readonly string[] = [...languages.keys()];

/** The language of a code such as "de" or "de-AT". Unknown languages and "auto" get English number words. */
export function languageOf(code: string): Language {
  return languages.get(code.toLowerCase().split(/[-_]/)[0]!) ?? english;
}
