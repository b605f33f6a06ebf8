import type { Language } from '../language/index.ts';
import { foldWord, tokenize } from './tokenize.ts';

/** A run of words as positions 0…length and the word chains that lead from one to another. */
export interface Lattice {
  length: number;
  edges: { from: number; to: number; words: string[] }[];
}

/** Words of whole numbers 0…999 and contractions of one language, by folded words. */
interface SpellingTable {
  wordsToDigits: Map<string, string>;
  /** Words of the longest number. */
  longest: number;
  expansions: Map<string, string[]>;
  /** Two words → their short forms. */
  contractions: Map<string, string[]>;
  /** Words that can begin something with more than one spelling. */
  special: Set<string>;
}

const tables = new Map<Language, SpellingTable>();

function tableOf(language: Language): SpellingTable {
  let table = tables.get(language);
  if (!table) {
    table = {
      wordsToDigits: new Map(),
      longest: 1,
      expansions: new Map(),
      contractions: new Map(),
      special: new Set(),
    };
    for (let value = 0; value < 1000; value++) {
      for (const way of language.spell(value)) {
        const words = tokenize(way);
        table.longest = Math.max(table.longest, words.length);
        table.wordsToDigits.set(words.map(foldWord).join(' '), String(value));
      }
    }
    // Articles that are also the number one must not become "1".
    for (const word of language.articles) table.wordsToDigits.delete(foldWord(word));
    for (const [short, long] of Object.entries(language.contractions)) {
      const words = tokenize(long);
      table.expansions.set(foldWord(short), words);
      // One word for one word, as "okay" for "ok", goes both ways.
      if (words.length === 1) table.expansions.set(foldWord(words[0]!), [short]);
      if (words.length !== 2) continue;
      const pair = words.map(foldWord).join(' ');
      table.contractions.set(pair, [...(table.contractions.get(pair) ?? []), short]);
    }
    for (const known of [table.wordsToDigits, table.expansions, table.contractions])
      for (const key of known.keys()) table.special.add(key.split(' ')[0]!);
    tables.set(language, table);
  }
  return table;
}

/**
 * The ways a run of literal words may be written: numbers as words or digits, hyphenated words joined, contractions
 * long.
 */
export function spellingLattice(text: string, language: Language): Lattice {
  const table = tableOf(language);
  const words: string[] = [];
  const edges: Lattice['edges'] = [];
  for (const chunk of text.split(/\s+/)) {
    const parts = tokenize(chunk);
    const from = words.length;
    words.push(...parts);
    if (parts.length > 1 && /\p{L}-\p{L}/u.test(chunk)) edges.push({ from, to: words.length, words: [parts.join('')] });
  }
  words.forEach((word, i) => {
    edges.push({ from: i, to: i + 1, words: [word] });
    for (const short of i + 1 < words.length
      ? (table.contractions.get(`${foldWord(word)} ${foldWord(words[i + 1]!)}`) ?? [])
      : [])
      edges.push({ from: i, to: i + 2, words: [short] });
    const long = table.expansions.get(foldWord(word));
    if (long) edges.push({ from: i, to: i + 1, words: long });
    if (/^\d{1,3}$/.test(word))
      for (const way of language.spell(Number(word))) edges.push({ from: i, to: i + 1, words: tokenize(way) });
    if (/^\d+%$/.test(word))
      for (const sign of language.percent)
        edges.push({ from: i, to: i + 1, words: [word.slice(0, -1), ...tokenize(sign)] });
    for (let end = Math.min(words.length, i + table.longest); end > i; end--) {
      const digits = table.wordsToDigits.get(words.slice(i, end).map(foldWord).join(' '));
      if (digits === undefined) continue;
      edges.push({ from: i, to: end, words: [digits] });
      break;
    }
  });
  return { length: words.length, edges };
}

/** Every spelling of a phrase as one word list each, plain one first, at most `most`. */
export function spellings(phrase: string, language: Language, most = 24): string[][] {
  const plain = tokenize(phrase);
  if (plain.length === 0) return [];
  const { special } = tableOf(language);
  if (!phrase.includes('-') && !plain.some((word) => startsWithDigit(word) || special.has(foldWord(word))))
    return [plain];
  const lattice = spellingLattice(phrase, language);
  let ways: { at: number; words: string[] }[] = [{ at: 0, words: [] }];
  const done: string[][] = [];
  while (ways.length > 0 && done.length < most) {
    const next: typeof ways = [];
    for (const way of ways) {
      if (way.at === lattice.length) {
        if (way.words.length > 0) done.push(way.words);
        continue;
      }
      for (const edge of lattice.edges) {
        if (edge.from === way.at && next.length < most * 4)
          next.push({ at: edge.to, words: [...way.words, ...edge.words] });
      }
    }
    ways = next;
  }
  const written = plain.join(' ');
  return [plain, ...done.filter((words) => words.join(' ') !== written)].slice(0, most);
}

function startsWithDigit(word: string): boolean {
  const code = word.charCodeAt(0);
  return code >= 48 && code <= 57;
}

/** The written contraction of two neighbouring words, such as "what is" → "what's", by the folded words. */
export function contractionsOf(language: Language): ReadonlyMap<string, readonly string[]> {
  return tableOf(language).contractions;
}
