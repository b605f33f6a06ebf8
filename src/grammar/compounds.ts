import type { Lexicon } from './lexicon.ts';

/** How many words one word may be written as. */
const mostParts = 3;
const shortestPart = 3;
/** How many ways to write the words are tried. */
const mostWays = 6;

/**
 * Returns the words with other gaps, the likeliest way first: neighbours are joined if that gives a word of the lexicon
 * ("bed room"), and a word is split if that gives two of them ("livingroom"). A word that the lexicon has is split too,
 * but later: it may be a word of other commands alone. Numbers stay as they are.
 */
export function otherGaps(words: readonly string[], lexicon: Lexicon): string[][] {
  const all = words.map((word) => partings(word, lexicon));
  const unknown = all.map((parts, at) => (parts.length > 0 && lexicon.find(words[at]!) >= 0 ? [] : parts));
  const ways = new Map<string, readonly string[]>();
  for (const partings of [unknown, all]) {
    const splits = splitsOf(words, partings);
    for (const way of [...splits.map((split) => joined(split, lexicon)), ...splits])
      if (way.length !== words.length) ways.set(way.join(' '), way);
  }
  return [...ways.values()].slice(0, mostWays).map((way) => [...way]);
}

/** Returns the ways to split the words: each at its first place, and each at its last. */
function splitsOf(words: readonly string[], partings: readonly string[][][]): (readonly string[])[] {
  const most = Math.max(0, ...partings.map((parts) => parts.length));
  if (most === 0) return [words];
  return (most === 1 ? [0] : [0, -1]).map((place) => words.flatMap((word, at) => partings[at]!.at(place) ?? [word]));
}

function joined(words: readonly string[], lexicon: Lexicon): string[] {
  const all: string[] = [];
  for (let at = 0; at < words.length;) {
    const count = joinable(words, at, lexicon);
    all.push(words.slice(at, at + count).join(''));
    at += count;
  }
  return all;
}

/** Returns how many words from here on make one word of the lexicon, as many as possible; 1 when there is none. */
function joinable(words: readonly string[], at: number, lexicon: Lexicon): number {
  for (let count = Math.min(mostParts, words.length - at); count > 1; count--) {
    const all = words.slice(at, at + count).join('');
    if (!/\d/.test(all) && lexicon.find(all) >= 0) return count;
  }
  return 1;
}

/** Returns the ways to divide a word into two words of the lexicon. */
function partings(word: string, lexicon: Lexicon): string[][] {
  const found: string[][] = [];
  if (/\d/.test(word)) return found;
  for (let at = shortestPart; at <= word.length - shortestPart; at++) {
    const parts = [word.slice(0, at), word.slice(at)];
    if (parts.every((part) => lexicon.find(part) >= 0)) found.push(parts);
  }
  return found;
}
