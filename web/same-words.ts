import { languageOf, supportedLanguages } from '../src/language/index.ts';
import { spellings } from '../src/grammar/spellings.ts';
import { foldWord } from '../src/grammar/fold.ts';

/**
 * Whether two texts consist of the same words, however they are written: case, punctuation, "50%" or "fifty percent",
 * "what's" or "what is".
 */
export function areSameWords(one: string, other: string): boolean {
  return supportedLanguages.some((code) => {
    const ways = waysOf(one, code);
    return [...waysOf(other, code)].some((way) => ways.has(way));
  });
}

function waysOf(text: string, code: string): Set<string> {
  return new Set(spellings(text, languageOf(code)).map((words) => words.map(foldWord).join(' ')));
}
