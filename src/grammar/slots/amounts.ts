import type { Language } from '../../language/index.ts';
import { number } from './number.ts';
import { either, slotPart, table, type Part } from './spoken-part.ts';

/** The bounds of an amount, both inclusive. */
export interface AmountOptions {
  /** Default 0. */
  min?: number;
  /** Default 1,000,000. */
  max?: number;
}

export const defaultMost = 1_000_000;
/** Amounts are exact to a thousandth. */
const step = 0.001;

/** Returns what is wrong with the bounds. */
export function amountProblems({ min = 0, max = defaultMost }: AmountOptions): string[] {
  return number({ min, max, step }).problems();
}

/** The numbers in front of a unit: "two", "2.5", "a", "half a". */
export function amounts(language: Language, { min = 0, max = defaultMost }: AmountOptions): Part<number> {
  return either(
    slotPart(number({ min, max, step }), language),
    table([...language.one.map((way) => [way, 1] as const), ...language.beforeUnit]),
  );
}

/** What may follow a unit: "and a half". */
export function fractions(language: Language): Part<number> {
  return table(language.afterUnit);
}

/** Rounds away what adding fractions leaves behind. */
export function rounded(amount: number): number {
  return Number(amount.toFixed(3));
}
