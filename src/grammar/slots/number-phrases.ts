import type { Language } from '../../language/index.ts';

/**
 * Everything that can be said or written for a number: digits, words, decimals, negatives. Words are spelled to
 * 999,999.
 */
export function numberPhrases(value: number, language: Language): string[] {
  const size = Math.abs(value);
  const whole = Math.floor(size);
  const decimals = decimalsOf(size);
  const written =
    decimals === ''
      ? [String(whole), ...grouped(whole, language)]
      : language.decimalMarks.map((mark) => `${whole}${mark}${decimals}`);
  const spoken =
    whole > 999_999 ? [] : decimals === '' ? language.spell(whole) : spellDecimals(whole, decimals, language);
  if (value >= 0) return [...written, ...spoken];
  return [
    ...written.map((digits) => `-${digits}`),
    ...language.minus.flatMap((minus) => [...spoken, ...written].map((words) => `${minus} ${words}`)),
  ];
}

/** "1 500". Commas and narrow spaces between digits are gone before words are compared. */
function grouped(whole: number, language: Language): string[] {
  const digits = String(whole);
  return language.groupsDigits && whole >= 1000 && whole < 1_000_000
    ? [`${digits.slice(0, -3)} ${digits.slice(-3)}`]
    : [];
}

function spellDecimals(whole: number, decimals: string, language: Language): string[] {
  const digits = [...decimals].map((digit) => language.spell(Number(digit))[0]!).join(' ');
  const wholes = language.spell(whole);
  const plain = language.point.flatMap((point) => [
    ...wholes.map((words) => `${words} ${point} ${digits}`),
    `${whole} ${point} ${decimals}`,
    ...(whole === 0 ? [`${point} ${digits}`] : []),
  ]);
  const fractions = language.afterNumber
    .filter(([, factor]) => String(factor).slice(2) === decimals)
    .flatMap(([fraction]) => [...wholes, whole].map((words) => `${words} ${fraction}`));
  return [...plain, ...fractions, ...(decimals === '5' ? language.halfPast(whole) : [])];
}

/** The digits behind the point, as they are written. */
function decimalsOf(size: number): string {
  return /\.(\d+)$/.exec(String(Number(size.toFixed(6))))?.[1] ?? '';
}

/** A number as it is written in a language, or undefined. */
export function readDigits(word: string, language: Language): number | undefined {
  // Where a comma parts the decimals, a point parts thousands.
  if (language.decimalMarks[0] === ',' && /^-?\d{1,3}(?:\.\d{3})+$/.test(word)) return Number(word.replaceAll('.', ''));
  if (!/^-?\d+(?:[.,]\d+)?$/.test(word)) return undefined;
  if (/[.,]/.test(word) && !language.decimalMarks.some((mark) => word.includes(mark))) return undefined;
  return Number(word.replace(',', '.'));
}
