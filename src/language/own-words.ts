import type { Language } from './language.ts';

/** The lists of a language that a project may add to: words that say nothing about what is commanded. */
export type OwnWords = Partial<Pick<Language, 'fillers' | 'openings' | 'politeStart' | 'politeEnd'>>;

/** The words that a project adds, by language code. */
export type WordsByLanguage = Readonly<Record<string, OwnWords>>;

/** Every part of heed asks for a language by its code, so one process has one set of words at a time. */
let current: { key: string; words: WordsByLanguage; users: number } | undefined;
let extended = new Map<Language, Language>();

/**
 * Adds a project's words to the languages of this process. Returns a function that takes them back, or undefined while
 * another heed in this process uses other words.
 */
export function addWords(words: WordsByLanguage): (() => void) | undefined {
  const key = JSON.stringify(words);
  if (current && current.users > 0 && current.key !== key) return undefined;
  if (current?.key !== key) {
    current = { key, words, users: 0 };
    extended = new Map();
  }
  const mine = current;
  mine.users++;
  let isUsed = true;
  return () => {
    if (isUsed) mine.users--;
    isUsed = false;
  };
}

/** Returns a language with the words that were added to it. */
export function withOwnWords(language: Language): Language {
  const words = current?.words[language.code];
  if (!words) return language;
  let known = extended.get(language);
  if (!known) {
    const joined = Object.entries(words).map(([list, added]) => [
      list,
      [...language[list as keyof OwnWords], ...(added ?? [])],
    ]);
    known = { ...language, ...(Object.fromEntries(joined) as OwnWords) };
    extended.set(language, known);
  }
  return known;
}
