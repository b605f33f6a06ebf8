import { simplified } from '../language/index.ts';

/** Words that are written in several ways, which count as one in every language. */
const variants: ReadonlyMap<string, readonly string[]> = new Map([['ok', ['ok', 'okay']]]);

/** The variants that differ from their word. */
const folded = new Map(
  [...variants].flatMap(([word, ways]) => ways.filter((way) => way !== word).map((way) => [way, word] as const)),
);
const anyVariant = new RegExp([...folded.keys()].join('|'));

/** Letters that are compared as others, and that Unicode does not take apart. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
};
const special = new RegExp(`[${Object.keys(letters).join('')}'’ʼ\`]`, 'gu');

/**
 * Marks that people leave out when they type: all of Latin and Greek letters, vowel signs of Arabic and Hebrew, stress
 * and "ё" in Cyrillic. Elsewhere marks are vowels, or make another letter.
 */
const marks =
  /(?<=[\p{sc=Latn}\p{sc=Grek}\p{sc=Arab}\p{sc=Hebr}])\p{M}+|(?<=\p{sc=Cyrl})[\u0300\u0301]+|(?<=\u0435)\u0308/gu;

/** Chinese signs, of which recognisers write the traditional and the simplified ones, and katakana. */
const eastAsian = /[\u3400-\u9fff\u30a1-\u30f6\u30fd\u30fe]/g;
/** Each katakana is so far behind its hiragana. */
const kanaDistance = 0x60;

/**
 * Returns the form in which words are compared: lower case, without accents and apostrophes, ß as ss, traditional
 * Chinese as simplified, katakana as hiragana. A capital I is the same letter with and without a dot, as Turkish has
 * both.
 */
export function foldWord(word: string): string {
  if (/^[a-z0-9%]+$/.test(word)) return folded.get(word) ?? word;
  const plain = word
    .toLowerCase()
    .normalize('NFKD')
    .replace(marks, '')
    .replace(special, (letter) => letters[letter] ?? '')
    .normalize('NFC')
    .replace(eastAsian, foldSign);
  return folded.get(plain) ?? plain;
}

function foldSign(sign: string): string {
  const code = sign.charCodeAt(0);
  return code < 0x3400 ? String.fromCharCode(code - kanaDistance) : (simplified.get(sign) ?? sign);
}

/** Returns words in the form in which they are looked up, with spaces between them. */
export function foldWords(words: readonly string[]): string {
  const text = words.join(' ');
  return foldedText.test(text) && !anyVariant.test(text) ? text : words.map(foldWord).join(' ');
}

const foldedText = /^[a-z0-9% ]*$/;

/** Returns the ways to write a folded word; none for a word that has only one. */
export function variantsOf(word: string): readonly string[] {
  return variants.get(word) ?? none;
}

const none: readonly string[] = [];
