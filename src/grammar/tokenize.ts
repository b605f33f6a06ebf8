import { allLanguages, defaultLanguage, languageOf } from '../language/index.ts';

// Text is cut before its language is known, so that what any language needs is done for all.
const units = allLanguages.flatMap(({ gluedUnits }) => gluedUnits).join('|');
const elisions = allLanguages.flatMap((language) => language.elisions).join('|');
const { signs } = languageOf(defaultLanguage);

/** Units that speech recognisers write against a number, as in "90s" or "5min". */
const gluedUnit = new RegExp(`(\\d)(${units})(?!\\p{L})`, 'gu');

/**
 * Short words of Romance languages that stand against the next one, as in "l'entrée"; the next one may be in a slot.
 */
const elision = new RegExp(`(?<![\\p{L}'])(${elisions})'(?=\\p{L}{2}|$)`, 'gu');

/** A number with its sign and unit, a short word that stood against the next one, or any other word. */
const writtenWord = new RegExp(
  [
    '(?<![\\p{L}\\p{N}])[-−]\\d+(?:[.,:]\\d+)*%?',
    '\\d+(?:[.,:]\\d+)*%?',
    `(?:${elisions})'(?= |$)`,
    "[\\p{L}\\p{M}\\p{N}]+(?:'[\\p{L}\\p{M}\\p{N}]+)*",
  ].join('|'),
  'gu',
);

/** Letters with a full stop each, as in "O.K." or "7 a.m.", are one word. */
const initials = /(?<![\p{L}\p{N}.])\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])\.?/gu;

const plainWords = /^(?:[a-z]+|\d+)(?: (?:[a-z]+|\d+))*$/;
/** Text that needs no other step than to be cut; a digit next to a letter may be a glued unit. */
const simpleText = /^[a-z\d ]*$/;
const digitByLetter = /\d[a-z]/;
const simpleWord = /\d+|[a-z\d]+/g;

/** The form in which words are compared: lower case, without accents and apostrophes, ß as ss. */
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
 * Cuts text into written words in lower case, the same way for templates, speech and typed phrases. Punctuation goes,
 * hyphens part words, "l'entrée" is two, "50 %" becomes "50%", "1,500" becomes "1500", a minus in front of a digit
 * stays.
 */
export function tokenize(text: string): string[] {
  // Nearly all template words and numbers are plain; they need none of the steps below, which counts in a list of
  // 100,000.
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
    .replace(/(\d)[,\u00a0\u202f](?=\d{3}(?!\d))/g, '$1')
    .replace(/(\d)\s+%/g, '$1%')
    .replace(/\s*°\s*[cf]?(?![\p{L}])/gu, ` ${signs.degree} `)
    .replace(/&/g, ` ${signs.ampersand} `)
    .replace(gluedUnit, '$1 $2 ')
    .replace(/(\d%)(?=[\p{L}\d])/gu, '$1 ');
  return (plain.match(writtenWord) ?? []).map((word) => word.replace('−', '-'));
}
