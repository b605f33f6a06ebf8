import { languageOf } from '../../src/language/index.ts';

/** A text as the words that are compared: lower case, no punctuation, numbers as words. */
export function comparedWords(text: string): string[] {
  const english = languageOf('en');
  return text
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .replace(/[’`]/g, "'")
    .replace(/(\d),(?=\d{3})/g, '$1')
    .replace(/%/g, ' percent')
    .replace(/-/g, ' ')
    .split(/[^\p{L}\p{N}']+/u)
    .map((word) => word.replace(/^'+|'+$/g, ''))
    .filter((word) => word !== '')
    .flatMap((word) => (/^\d{1,6}$/.test(word) ? english.spell(Number(word))[0]!.split(' ') : [word]));
}

/** The least number of words replaced, left out and added that turn one list into the other. */
export function wordErrors(spoken: readonly string[], heard: readonly string[]): number {
  let last = heard.map((_, i) => i + 1);
  last.unshift(0);
  for (const [row, word] of spoken.entries()) {
    const next = [row + 1];
    for (const [column, other] of heard.entries()) {
      next.push(Math.min(last[column]! + (word === other ? 0 : 1), last[column + 1]! + 1, next[column]! + 1));
    }
    last = next;
  }
  return last.at(-1)!;
}
