import { z } from 'zod';
import { amountProblems, amounts, defaultMost, fractions, rounded, type AmountOptions } from './amounts.ts';
import { number } from './number.ts';
import { perLanguage } from './per-language.ts';
import type { Slot } from './slot.ts';
import { either, readBy, slotPart, table, templates, written } from './spoken-part.ts';

/** The currencies whose words heed knows, by ISO 4217 code. */
const knownCurrencies = ['EUR', 'USD', 'GBP', 'CHF', 'JPY'] as const;
const signs: Readonly<Record<string, string>> = { '€': 'EUR', $: 'USD', '£': 'GBP', '¥': 'JPY' };

/** The ISO 4217 code of a currency whose words heed knows. */
export type Currency = (typeof knownCurrencies)[number];

/** An amount of money. */
export interface Money<C extends string = Currency> {
  amount: number;
  /** ISO 4217 code. */
  currency: C;
}

/** How an amount of money is understood. */
export interface MoneyOptions<C extends Currency> extends AmountOptions {
  /** The currencies; of those that share a word, such as "cents", the first one has it. Default: all known ones. */
  currencies?: readonly C[];
}

/** An amount of money: "five euros fifty", "$20", "20 €", "fifty cents". */
export function money<const C extends Currency = Currency>(options: MoneyOptions<C> = {}): Slot<Money<C>> {
  const currencies = options.currencies ?? (knownCurrencies as readonly Currency[] as readonly C[]);
  const { min = 0, max = defaultMost } = options;
  const part = perLanguage((language) => {
    // Unless the author has said an order, the language's own currency comes first.
    const known = Object.keys(language.things?.currencies ?? {}).map((code) => code.toUpperCase() as C);
    const inOrder = options.currencies ? currencies : known;
    const words = (kind: 'unit' | 'hundredth'): [string, C][] =>
      inOrder.flatMap((code) =>
        (language.things?.currencies[code.toLowerCase()]?.[kind] ?? []).map((way): [string, C] => [way, code]),
      );
    const sign = written<C>([], (word) => currencies.find((code) => code === signs[word]));
    const codes = table(currencies.map((code): [string, C] => [code, code]));
    const parts = {
      amount: amounts(language, { ...options, min: 0 }),
      more: fractions(language),
      currency: either(sign, table(words('unit')), codes),
      cents: slotPart(number({ min: 1, max: 99 }), language),
      bare: slotPart(number({ min: 10, max: 99 }), language),
      cent: table(words('hundredth')),
    };
    const and = language.and.length > 0 ? `[${language.and.join('|')}] ` : '';
    const ways = [
      '{amount} {currency} [{more}]',
      `{amount} {currency} ${and}({bare}|{cents} {cent})`,
      '{cents} {cent}',
    ];
    return templates(ways, parts, (found): Money<C> | undefined => {
      const amount = rounded((found.amount ?? 0) + (found.more ?? 0) + (found.cents ?? found.bare ?? 0) / 100);
      const currency = found.currency ?? found.cent!;
      return amount >= min && amount <= max ? { amount, currency } : undefined;
    });
  });
  return {
    type: 'money',
    schema: z.object({
      amount: z.number().min(min).max(max),
      currency: z.custom<C>((code) => currencies.includes(code as C)),
    }),
    key: `money:${min}:${max}:${currencies.join()}`,
    vagueness: 0.1,
    guessable: false,
    problems: () => (currencies.length === 0 ? ['there are no currencies'] : amountProblems(options)),
    ...readBy(part),
    hint: (language) => `5 ${language.things?.currencies[currencies[0]!.toLowerCase()]?.unit.at(-1) ?? currencies[0]!}`,
  };
}
