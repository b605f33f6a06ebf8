import type { Language } from '../../language/index.ts';

/** Returns the ways to say a digit behind a zero, as in the year 1905 and at 6:05: "oh five". */
export function behindZero(digit: number, language: Language): string[] {
  return language.zeros.flatMap((zero) => language.spell(digit).map((way) => `${zero} ${way}`));
}
