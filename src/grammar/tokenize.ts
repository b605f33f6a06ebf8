import { allLanguages, defaultLanguage, languageOf } from '../language/index.ts';

// Text is cut before its language is known, so the rules of all languages apply to it.
const units = allLanguages.flatMap(({ gluedUnits }) => gluedUnits).join('|');
const elisions = allLanguages.flatMap((language) => language.elisions).join('|');
const { signs } = languageOf(defaultLanguage);

/**
 * One sign of a writing that has no spaces between words. Each of them is taken as a word, so that it does not matter
 * where somebody puts a space.
 */
export const unspaced =
  '(?=[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}])[\\p{L}\\p{N}]\\p{M}*';
const hasUnspaced = new RegExp(unspaced, 'u');

const moneySign = '[$€£¥]';
const scaleWords = allLanguages.flatMap(({ scales }) => scales.flatMap(({ words }) => words)).join('|');
const moneyFirst = new RegExp(`(${moneySign})\\s*(\\d+(?:[.,]\\d+)*)(\\s+(?:${scaleWords})(?!\\p{L}))?`, 'gu');
const moneyLast = new RegExp(`(\\d)\\s*(${moneySign})`, 'gu');

/** A number with its sign and unit, a short word that was written together with the next one, or any other word. */
const wordsIn = (letter: string): string[] => [
  '(?<![\\p{L}\\p{N}])[-−]\\d+(?:[.,:/]\\d+)*%?',
  '\\d+(?:[.,:/]\\d+)*%?',
  `(?<=(?:\\d|${scaleWords}) )${moneySign}`,
  `(?:${elisions})'(?= |$)`,
  `(?:${letter})+(?:'(?:${letter})+)*`,
];
const writtenWord = new RegExp(wordsIn('[\\p{L}\\p{M}\\p{N}]').join('|'), 'gu');
const writtenSign = new RegExp([unspaced, ...wordsIn(`(?!${unspaced})[\\p{L}\\p{M}\\p{N}]`)].join('|'), 'gu');

/** What is changed in a text before it is cut, in this order. */
export const respellings: readonly (readonly [RegExp, string | ((found: string) => string)])[] = [
  // Letters of full width, and Japanese ones of half width.
  [/[\uff01-\uff5e\uff61-\uff9f]+/g, (wide) => wide.normalize('NFKC')],
  // Longer Japanese words are written with and without a long vowel at their end, as in "プリンター".
  [/(?<=[ァ-ヺー]{3})ー(?![ァ-ヺー])/g, ''],
  [/[’ʼ`´]/g, "'"],
  // Letters with a full stop each, as in "O.K." or "7 a.m.", are one word.
  [/(?<![\p{L}\p{N}.])\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])\.?/gu, (letters) => letters.replaceAll('.', '')],
  // Short words of Romance languages that are written together with the next word, as in "l'entrée"; the next word may
  // be in a slot.
  [new RegExp(`(?<![\\p{L}'])(${elisions})'(?=\\p{L}{2}|$)`, 'gu'), "$1' "],
  [/(?<![\p{L}\p{N}.])\.(?=\d)/gu, '0.'],
  [/(?<=^|\s),(?=\d)/g, '0,'],
  [/(\d)\s*½/g, '$1.5'],
  [/½/g, '0.5'],
  [/(\d)\s*¼/g, '$1.25'],
  [/(\d)\s*¾/g, '$1.75'],
  [/(\d)[\u00a0\u202f](?=\d{3}(?!\d))/g, '$1'],
  // A minus with a space behind it is still one.
  [/(?<=^|\s)[-−]\s+(?=\d)/g, '-'],
  // Signs of money are read behind their number.
  [moneyFirst, '$2$3 $1 '],
  [moneyLast, '$1 $2 '],
  [/(\d)\s+%/g, '$1%'],
  [/\s*°\s*f(?![\p{L}])/giu, ` ${signs.degree} fahrenheit `],
  [/\s*°\s*c?(?![\p{L}])/giu, ` ${signs.degree} `],
  [/&/g, ` ${signs.ampersand} `],
  [/\+/g, ` ${signs.plusSign} `],
  // "C#" and "F#", but not "#1".
  [/(?<=\p{L})#(?![\p{L}\p{N}])/gu, ` ${signs.sharp} `],
  // Units that speech recognisers write directly after a number, as in "90s" or "5min".
  [new RegExp(`(\\d)(${units})(?!\\p{L})`, 'giu'), '$1 $2 '],
  [/(\d%)(?=[\p{L}\d])/gu, '$1 '],
];

/** Lower-case letters that are not changed. */
const plainLetters = '[a-zß-öø-ÿœąćęłńśźż]+';
const plainWords = new RegExp(`^(?:${plainLetters}|\\d+)(?: (?:${plainLetters}|\\d+))*$`);
/** Text that only needs to be split into words. A digit next to a letter may be the start of a unit. */
const simpleText = /^[a-z\d ]*$/;
const digitByLetter = /\d[a-z]/;
const simpleWord = /\d+|[a-z\d]+/g;
const gluedUnit = new RegExp(`(\\d)(${units})(?!\\p{L})`, 'gu');

/**
 * Cuts text into written words in lower case, in the same way for templates, speech and typed phrases. Punctuation is
 * removed, hyphens separate words, "l'entrée" becomes two words, "50 %" becomes "50%", "$20" becomes "20 $", a minus
 * before a digit stays, "C++" becomes "c plus plus", and each sign of Chinese or Japanese is a word. Commas and points
 * in numbers stay too, because languages differ in what they mean.
 */
export function tokenize(text: string): string[] {
  // Nearly all words and numbers of templates are plain and need none of the steps below, which makes a difference in a
  // list of 100,000 values.
  if (plainWords.test(text)) return text.split(' ');
  if (simpleText.test(text))
    return (digitByLetter.test(text) ? text.replace(gluedUnit, '$1 $2 ') : text).match(simpleWord) ?? [];
  let plain = text.normalize('NFC').toLowerCase();
  for (const [pattern, by] of respellings) plain = plain.replace(pattern, by as string);
  return (plain.match(wordPattern(plain)) ?? []).map((word) => word.replace('−', '-'));
}

/** Returns the pattern of a single word in respelled text. */
export function wordPattern(respelled: string): RegExp {
  return hasUnspaced.test(respelled) ? writtenSign : writtenWord;
}

/** Writes words with spaces between them, where their writing has spaces. */
export function writeWords(words: readonly string[]): string {
  const text = words.join(' ');
  return hasUnspaced.test(text) ? text.replace(spaceBetweenSigns, '$1') : text;
}

const spaceBetweenSigns = new RegExp(`(${unspaced}) (?=${unspaced})`, 'gu');
