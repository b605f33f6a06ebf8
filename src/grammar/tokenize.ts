/** Units that speech recognisers write against a number, as in "90s" or "5min". */
const gluedUnit = /(\d)(hours?|hrs?|h|minutes?|mins?|min|seconds?|secs?|s|std|stunden?|minuten?|sek)(?!\p{L})/gu;

/**
 * Short words of Romance languages that stand against the next one, as in "l'entrée"; the next one may be in a slot.
 */
const elision = /(?<![\p{L}'])(l|d|j|m|t|s|n|c|qu|jusqu)'(?=\p{L}{2}|$)/gu;

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
    .replace(/\s*°\s*[cf]?(?![\p{L}])/gu, ' degrees ')
    .replace(/&/g, ' and ')
    .replace(gluedUnit, '$1 $2 ')
    .replace(/(\d%)(?=[\p{L}\d])/gu, '$1 ');
  const words: string[] = [];
  for (const match of plain.matchAll(
    /(?<![\p{L}\p{N}])[-−]\d+(?:[.,:]\d+)*%?|\d+(?:[.,:]\d+)*%?|(?:[ldjmtsnc]|(?:jus)?qu)'(?= |$)|[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}\p{N}]+)*/gu,
  )) {
    words.push(match[0].replace('−', '-'));
  }
  return words;
}
