import type { Language } from '../../language/index.ts';

const digitsOnly = /^([-+]?)(\d+(?:[.,]\d+)*)$/;
const fraction = /^(-?)(\d+)\/(\d+)$/;

/**
 * Reads a number as it is written in a language, or returns undefined. Of a single comma or point, the language decides
 * whether it separates thousands or decimals: "2,357" is 2357 in English, and 2.357 in German.
 */
export function readDigits(word: string, language: Pick<Language, 'decimalMarks'>): number | undefined {
  const [, above, below] = /^([-\d/]*)⁄(\d+)$/.exec(word.normalize('NFKD')) ?? [];
  const parts = fraction.exec(above === undefined ? word : `${above}/${below!}`);
  if (parts)
    return Number(parts[3]) === 0 ? undefined : Number(`${parts[1]!}1`) * (Number(parts[2]) / Number(parts[3]));
  const [, sign, digits] = digitsOnly.exec(word) ?? [];
  const size = digits === undefined ? undefined : readSize(digits, language.decimalMarks[0] === ',' ? ',' : '.');
  return size === undefined ? undefined : Number(`${sign === '-' ? '-' : ''}1`) * size;
}

function readSize(digits: string, decimalMark: string): number | undefined {
  const marks = [...digits.replace(/\d/g, '')];
  if (marks.length === 0) return Number(digits);
  const [first] = marks;
  const last = marks.at(-1)!;
  // The rest is read in the same way in every language.
  const isGroup = marks.length === 1 ? first !== decimalMark : first === last;
  if (isGroup && isGrouped(digits)) return Number(digits.replaceAll(first!, ''));
  if (marks.length === 1) return Number(digits.replace(',', '.'));
  const [whole, decimals] = [digits.slice(0, digits.lastIndexOf(last)), digits.slice(digits.lastIndexOf(last) + 1)];
  const isPlain = first !== last && marks.filter((mark) => mark === last).length === 1 && isGrouped(whole);
  return isPlain ? Number(`${whole.replaceAll(first!, '')}.${decimals}`) : undefined;
}

/** Whether all groups but the first have three digits. */
function isGrouped(digits: string): boolean {
  return /^[1-9]\d{0,2}(?:[.,]\d{3})+$/.test(digits);
}
