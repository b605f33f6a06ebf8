import type { Lexicon } from './lexicon.ts';

/** How many words one word may be written as. */
const mostParts = 3;
const shortestPart = 3;

/**
 * Returns the words with other gaps: neighbours are joined if that gives a word of the lexicon ("bed room"), and an
 * unknown word is split if that gives two of them ("livingroom"). Returns undefined when nothing changes. Numbers stay
 * as they are.
 */
export function otherGaps(words: readonly string[], lexicon: Lexicon): string[] | undefined {
  const changed: string[] = [];
  for (let at = 0; at < words.length;) {
    const count = joinable(words, at, lexicon);
    if (count > 1) changed.push(words.slice(at, at + count).join(''));
    else changed.push(...(parted(words[at]!, lexicon) ?? [words[at]!]));
    at += count;
  }
  return changed.length === words.length ? undefined : changed;
}

/** Returns how many words from here on make one word of the lexicon, as many as possible; 1 when there is none. */
function joinable(words: readonly string[], at: number, lexicon: Lexicon): number {
  for (let count = Math.min(mostParts, words.length - at); count > 1; count--) {
    const joined = words.slice(at, at + count).join('');
    if (!/\d/.test(joined) && lexicon.find(joined) >= 0) return count;
  }
  return 1;
}

function parted(word: string, lexicon: Lexicon): string[] | undefined {
  if (/\d/.test(word) || lexicon.find(word) >= 0) return undefined;
  for (let at = shortestPart; at <= word.length - shortestPart; at++) {
    const parts = [word.slice(0, at), word.slice(at)];
    if (parts.every((part) => lexicon.find(part) >= 0)) return parts;
  }
  return undefined;
}
