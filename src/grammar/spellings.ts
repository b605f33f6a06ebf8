import { defaultLanguage, languageOf, type Language } from '../language/index.ts';
import { foldWord } from './fold.ts';
import { tokenize } from './tokenize.ts';

/** A run of words as positions 0…length, and the chains of words that lead from one position to another. */
export interface Lattice {
  length: number;
  edges: { from: number; to: number; words: string[] }[];
}

/** The words of whole numbers 0…999 and the contractions of one language, by folded words. */
interface SpellingTable {
  wordsToDigits: Map<string, string>;
  /** How many words the longest number has. */
  longest: number;
  expansions: Map<string, string[]>;
  /** Two words, and their short forms. */
  contractions: Map<string, string[]>;
  /** Words that can begin something with more than one spelling. */
  special: Set<string>;
}

const tables = new Map<Language, SpellingTable>();

const defaultSigns = languageOf(defaultLanguage).signs;
const signNames = [
  ['°', 'degree'],
  ['&', 'ampersand'],
  ['+', 'plusSign'],
  ['#', 'sharp'],
] as const;

/** Turkish and Azerbaijani have two letters I. */
const ownCase: ReadonlySet<string> = new Set(['tr', 'az']);

function lowerCase(text: string, { code }: Language): string {
  return ownCase.has(code) ? text.toLocaleLowerCase(code) : text;
}

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
    // An article that is also the number one must not become "1".
    for (const word of language.articles) table.wordsToDigits.delete(foldWord(word));
    for (const [short, long] of Object.entries(language.contractions)) {
      const words = tokenize(long);
      table.expansions.set(foldWord(short), words);
      if (words.length !== 2) continue;
      const pair = words.map(foldWord).join(' ');
      table.contractions.set(pair, [...(table.contractions.get(pair) ?? []), short]);
    }
    for (const [sign, ways] of Object.entries(language.unitSigns))
      for (const way of ways) if (!way.includes(' ')) table.expansions.set(foldWord(way), [sign]);
    for (const known of [table.wordsToDigits, table.expansions, table.contractions])
      for (const key of known.keys()) table.special.add(key.split(' ')[0]!);
    tables.set(language, table);
  }
  return table;
}

/**
 * Returns the ways in which a run of literal words may be written: numbers as words or digits, hyphenated words joined,
 * contractions in full.
 */
export function spellingLattice(phrase: string, language: Language): Lattice {
  const table = tableOf(language);
  const text = lowerCase(phrase, language);
  const words: string[] = [];
  const edges: Lattice['edges'] = [];
  for (const chunk of text.split(/\s+/)) {
    const parts = tokenize(chunk);
    const from = words.length;
    words.push(...parts);
    if (parts.length > 1 && /\p{L}-\p{L}/u.test(chunk)) edges.push({ from, to: words.length, words: [parts.join('')] });
    for (const [sign, name] of signNames) {
      if (!chunk.includes(sign)) continue;
      parts.forEach((part, i) => {
        if (part === defaultSigns[name])
          edges.push({ from: from + i, to: from + i + 1, words: tokenize(language.signs[name]) });
      });
    }
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

/** Returns the spellings of a phrase, each as a list of words, the plain one first; at most `most`. */
export function spellings(phrase: string, language: Language, most = 24): string[][] {
  const plain = tokenize(lowerCase(phrase, language));
  if (plain.length === 0) return [];
  const { special } = tableOf(language);
  if (!/[-°&+#]/.test(phrase) && !plain.some((word) => startsWithDigit(word) || special.has(foldWord(word))))
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

/** Returns the contractions of two neighbouring words, such as "what's" for "what is", by the folded words. */
export function contractionsOf(language: Language): ReadonlyMap<string, readonly string[]> {
  return tableOf(language).contractions;
}
