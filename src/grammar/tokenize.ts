import { allLanguages, defaultLanguage, languageOf } from '../language/index.ts';

// Text is cut before its language is known, so the rules of all languages apply to it.
const units = allLanguages.flatMap(({ gluedUnits }) => gluedUnits).join('|');
const elisions = allLanguages.flatMap((language) => language.elisions).join('|');
const { signs } = languageOf(defaultLanguage);

/** Units that speech recognisers write directly after a number, as in "90s" or "5min". */
const gluedUnit = new RegExp(`(\\d)(${units})(?!\\p{L})`, 'gu');

/**
 * Short words of Romance languages that are written together with the next word, as in "l'entrée"; the next word may be
 * in a slot.
 */
const elision = new RegExp(`(?<![\\p{L}'])(${elisions})'(?=\\p{L}{2}|$)`, 'gu');

/** Signs of money, which are read behind their number. */
const moneySign = '[$€£¥]';
const scaleWords = allLanguages.flatMap(({ scales }) => scales.flatMap(({ words }) => words)).join('|');
const moneyFirst = new RegExp(`(${moneySign})\\s*(\\d+(?:[.,]\\d+)*)(\\s+(?:${scaleWords})(?!\\p{L}))?`, 'gu');
const moneyLast = new RegExp(`(\\d)\\s*(${moneySign})`, 'gu');

/** A number with its sign and unit, a short word that was written together with the next one, or any other word. */
const writtenWord = new RegExp(
  [
    '(?<![\\p{L}\\p{N}])[-−]\\d+(?:[.,:/]\\d+)*%?',
    '\\d+(?:[.,:/]\\d+)*%?',
    `(?<=(?:\\d|${scaleWords}) )${moneySign}`,
    `(?:${elisions})'(?= |$)`,
    "[\\p{L}\\p{M}\\p{N}]+(?:'[\\p{L}\\p{M}\\p{N}]+)*",
  ].join('|'),
  'gu',
);

/** Letters with a full stop each, as in "O.K." or "7 a.m.", are one word. */
const initials = /(?<![\p{L}\p{N}.])\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])\.?/gu;

const plainWords = /^(?:[a-z]+|\d+)(?: (?:[a-z]+|\d+))*$/;
/** Text that only needs to be split into words. A digit next to a letter may be the start of a unit. */
const simpleText = /^[a-z\d ]*$/;
const digitByLetter = /\d[a-z]/;
const simpleWord = /\d+|[a-z\d]+/g;

/** Returns the form in which words are compared: lower case, without accents and apostrophes, ß as ss. */
export function foldWord(word: string): string {
  if (/^[a-z0-9%]+$/.test(word)) return word;
  return word
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}'’ʼ`]/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe');
}

/**
 * Cuts text into written words in lower case, in the same way for templates, speech and typed phrases. Punctuation is
 * removed, hyphens separate words, "l'entrée" becomes two words, "50 %" becomes "50%", "$20" becomes "20 $", and a minus
 * before a digit stays. Commas and points in numbers stay too, because languages differ in what they mean.
 */
export function tokenize(text: string): string[] {
  // Nearly all words and numbers of templates are plain and need none of the steps below, which makes a difference in a
  // list of 100,000 values.
  if (plainWords.test(text)) return text.split(' ');
  if (simpleText.test(text))
    return (digitByLetter.test(text) ? text.replace(gluedUnit, '$1 $2 ') : text).match(simpleWord) ?? [];
  const plain = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[’ʼ`´]/g, "'")
    .replace(initials, (letters) => letters.replaceAll('.', ''))
    .replace(elision, "$1' ")
    .replace(/(?<![\p{L}\p{N}.])\.(?=\d)/gu, '0.')
    .replace(/(\d)\s*½/g, '$1.5')
    .replaceAll('½', '0.5')
    .replace(/(\d)\s*¼/g, '$1.25')
    .replace(/(\d)\s*¾/g, '$1.75')
    .replace(/(\d)[\u00a0\u202f](?=\d{3}(?!\d))/g, '$1')
    .replace(moneyFirst, '$2$3 $1 ')
    .replace(moneyLast, '$1 $2 ')
    .replace(/(\d)\s+%/g, '$1%')
    .replace(/\s*°\s*[cf]?(?![\p{L}])/gu, ` ${signs.degree} `)
    .replace(/&/g, ` ${signs.ampersand} `)
    .replace(gluedUnit, '$1 $2 ')
    .replace(/(\d%)(?=[\p{L}\d])/gu, '$1 ');
  return (plain.match(writtenWord) ?? []).map((word) => word.replace('−', '-'));
}
