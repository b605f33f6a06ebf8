import { z } from 'zod';
import type { CommandMatch } from '../../../src/types.ts';

const labelSchema = z.object({ intent: z.string(), slots: z.record(z.string(), z.string()) });

/** What was ordered: an intent and the words of its slots. */
export type CoffeeLabel = z.infer<typeof labelSchema>;

/** Reads a label of the coffee clips. Throws on anything else. */
export function readLabel(label: string): CoffeeLabel {
  return labelSchema.parse(JSON.parse(label));
}

/**
 * Whether an order was understood, by the rule of the published figures: the intent and every labelled slot must be
 * right, and slots without a label are ignored (but see `isExact`). Slot words are compared without outer and repeated
 * white space, which the labels have ("␠milk").
 */
export function isRight(
  label: string | CoffeeLabel,
  match: Pick<CommandMatch, 'command' | 'args'> | undefined,
): boolean {
  const { intent, slots } = typeof label === 'string' ? readLabel(label) : label;
  return (
    match !== undefined &&
    match.command === commandOf(intent) &&
    Object.entries(slots).every(([name, words]) => plain(match.args[name]) === plain(words))
  );
}

/** Whether an order was understood, and no slot was filled that the label does not have. */
export function isExact(
  label: string | CoffeeLabel,
  match: Pick<CommandMatch, 'command' | 'args'> | undefined,
): boolean {
  const { slots } = typeof label === 'string' ? readLabel(label) : label;
  return (
    isRight(label, match) &&
    Object.values(match!.args).filter((value) => value !== undefined).length === Object.keys(slots).length
  );
}

/** Returns the name of an intent's command file: "orderDrink" becomes order-drink.ts. */
function commandOf(intent: string): string {
  return intent.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function plain(words: unknown): string {
  return String(words).trim().toLowerCase().replace(/\s+/g, ' ');
}
