import { z } from 'zod';
import { amountProblems, amounts, defaultMost, fractions, rounded, type AmountOptions } from './amounts.ts';
import { waysOf } from './list.ts';
import type { ListValue } from './list-value.ts';
import { perLanguage } from './per-language.ts';
import type { Slot } from './slot.ts';
import { readBy, table, templates } from './spoken-part.ts';

/** The units whose words heed knows, by their symbols. */
export const knownUnits = [
  ...(['mg', 'g', 'kg', 'oz', 'lb', 'ml', 'cl', 'l', 'cup', 'tbsp', 'tsp', 'pint', 'gallon'] as const),
  ...(['mm', 'cm', 'm', 'km', 'in', 'ft', 'mi'] as const),
] as const;

/** The symbol of a unit whose words heed knows. */
export type KnownUnit = (typeof knownUnits)[number];

/** A number with its unit. */
export interface Quantity<U extends string = string> {
  amount: number;
  unit: U;
}

/** How a number with its unit is understood. */
export interface QuantityOptions<U extends string> extends AmountOptions {
  /** Symbols that heed knows the words of, or units of your own with their words. Default: all known ones. */
  units?: readonly (U | ListValue<U>)[];
}

/** A number with its unit: "two litres", "500 g", "a pound and a half". */
export function quantity<const U extends string = KnownUnit>(options: QuantityOptions<U> = {}): Slot<Quantity<U>> {
  const given = options.units ?? (knownUnits as readonly string[] as readonly U[]);
  const units = given.map((unit): ListValue<U> => (typeof unit === 'string' ? { value: unit } : unit));
  const names = units.map(({ value }) => value);
  const { min = 0, max = defaultMost } = options;
  const fits = (amount: number): boolean => amount >= min && amount <= max;
  const part = perLanguage((language) => {
    const unit = table(
      units.flatMap(({ value, say }) =>
        (say === undefined ? [value, ...(language.things?.units[value] ?? [])] : waysOf({ value, say }, language)).map(
          (way): [string, U] => [way, value],
        ),
      ),
    );
    const parts = { amount: amounts(language, options), unit, more: fractions(language) };
    return templates(['{amount} {unit} [{more}]'], parts, (found): Quantity<U> | undefined => {
      const amount = rounded(found.amount! + (found.more ?? 0));
      return fits(amount) ? { amount, unit: found.unit! } : undefined;
    });
  });
  return {
    type: 'quantity',
    schema: z.object({ amount: z.number().min(min).max(max), unit: z.custom<U>((unit) => names.includes(unit as U)) }),
    key: `quantity:${min}:${max}:${JSON.stringify(units)}`,
    vagueness: 0.1,
    guessable: false,
    problems: () => {
      const mute = units.find(
        ({ value, say }) => say === undefined && !(knownUnits as readonly string[]).includes(value),
      );
      if (units.length === 0) return ['there are no units'];
      if (mute) return [`the unit ${JSON.stringify(mute.value)} is unknown; say its words: { value, say }`];
      return amountProblems(options);
    },
    ...readBy(part),
    hint: (language) =>
      `5 ${units[0]?.say === undefined ? (language.things?.units[names[0]!]?.[0] ?? names[0]!) : names[0]!}`,
  };
}
