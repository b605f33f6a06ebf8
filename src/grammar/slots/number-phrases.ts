import type { Language } from '../../language/index.ts';

/**
 * Returns everything that can be said or written for a number: digits, words, decimals, negatives. Words are
 * those of the language's scales.
 */
export function numberPhrases(value: number, language: Language): string[] {
  const size = Math.abs(value);
  const whole = Math.floor(size);
  const decimals = decimalsOf(size);
  const written =
    decimals === ''
      ? [String(whole), ...grouped(whole, language)]
      : language.decimalMarks.map((mark) => `${whole}${mark}${decimals}`);
  const spoken = decimals === '' ? language.spell(whole) : spellDecimals(whole, decimals, language);
  if (value >= 0) return [...written, ...spoken];
  return [
    ...written.map((digits) => `-${digits}`),
    ...language.minus.flatMap((minus) => [...spoken, ...written].map((words) => `${minus} ${words}`)),
  ];
}

/**
 * Returns forms such as "1 500". Commas and narrow spaces between digits have been removed before words are compared.
 */
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

/** Returns the digits after the decimal point, as they are written. */
function decimalsOf(size: number): string {
  return /\.(\d+)$/.exec(String(Number(size.toFixed(6))))?.[1] ?? '';
}
