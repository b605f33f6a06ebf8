import { z } from 'zod';
import { number } from './number.ts';
import { perLanguage } from './per-language.ts';
import type { Slot } from './slot.ts';
import { readBy, slotPart, table, templates } from './spoken-part.ts';

/** How a temperature is understood. */
export interface TemperatureOptions {
  /** The unit of the value, and of what is said without one; default "celsius". */
  unit?: 'celsius' | 'fahrenheit';
  /** In this unit; default −50. */
  min?: number;
  /** In this unit; default 300. */
  max?: number;
}

const widest = { min: -1000, max: 1000, step: 0.1 };

/** A temperature: "21 degrees", "minus five", "70 fahrenheit", "21.5°C". The value is a number in the slot's unit. */
export function temperature({ unit = 'celsius', min = -50, max = 300 }: TemperatureOptions = {}): Slot<number> {
  const part = perLanguage((language) => {
    const things = language.things;
    const word = (ways: readonly string[] = []) => table(ways.map((way) => [way, true] as const));
    const parts = {
      amount: slotPart(number(widest), language),
      degrees: word([...(things?.degrees ?? []), '°']),
      celsius: word(things?.celsius),
      fahrenheit: word([...(things?.fahrenheit ?? []), 'fahrenheit']),
    };
    return templates(['{amount} [{degrees}] [{celsius}|{fahrenheit}]'], parts, (found): number | undefined => {
      const said = found.celsius ? 'celsius' : found.fahrenheit ? 'fahrenheit' : unit;
      const value = converted(found.amount!, said, unit);
      return value >= min && value <= max ? value : undefined;
    });
  });
  return {
    type: 'temperature',
    schema: z.number().min(min).max(max),
    key: `temperature:${unit}:${min}:${max}`,
    vagueness: 0.1,
    guessable: false,
    problems: () => number({ ...widest, min, max }).problems(),
    ...readBy(part),
    hint: (language) => `${min} – ${max} ${language.things?.degrees.at(-1) ?? language.signs.degree}`,
  };
}

/** Converts between the two units, to a tenth of a degree. */
function converted(amount: number, from: string, to: string): number {
  if (from === to) return amount;
  return Number((to === 'celsius' ? ((amount - 32) * 5) / 9 : (amount * 9) / 5 + 32).toFixed(1));
}
