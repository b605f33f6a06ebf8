import { z } from 'zod';
import type { ListValue, Value } from './list-value.ts';
import type { ListSituation, Slot } from './slot.ts';

/** The values as an author's function returns them. */
type Values<V> = readonly (V | ListValue<V & Value>)[];

/** Computes the values of a list for one session. */
export type ListFunction<V> = (situation: ListSituation) => Values<V> | Promise<Values<V>>;

/**
 * How many values a list may have that is compiled again and again between two phrases (which takes some 50 ms, in
 * slices), and how many letters they may have in all.
 */
const most = { values: 500, letters: 25_000 };
let made = 0;

const words = z.array(z.string());
const value = z.union([z.string(), z.number(), z.boolean()]);
const valuesSchema = z
  .array(
    z.union(
      [
        value,
        z.strictObject({
          value: z.union([value, z.record(z.string(), z.json())]),
          say: z.union([words, z.record(z.string(), words)]).optional(),
        }),
      ],
      'a text, a number, a boolean, or { value, say } was expected',
    ),
    'an array of values was expected',
  )
  .max(most.values, `at most ${most.values} values were expected`)
  .refine((values) => JSON.stringify(values).length <= most.letters, `at most ${most.letters} letters were expected`);

/** A list that has no values until a session computes them. */
export function runTimeList<T>(compute: ListFunction<T>, fixed: (values: never) => Slot<T>): Slot<T> {
  const key = `list:${made++}`;
  let last: { text: string; slot: Slot<T> } | undefined;
  return {
    type: 'list',
    // What a session may give is checked by the list that has its values.
    schema: z.custom<T>(() => true),
    key,
    vagueness: 0.1,
    guessable: true,
    problems: () => [],
    pattern: () => ({ kind: 'phrases', phrases: [] }),
    parse: () => undefined,
    hint: () => '…',
    runTime: {
      compute,
      fill: (values) => {
        const read = valuesSchema.safeParse(values);
        if (read.success) {
          const text = JSON.stringify(read.data);
          // Many commands and sessions have the same list.
          if (last?.text !== text) last = { text, slot: fixed(read.data as never) };
          return last.slot;
        }
        const [issue] = read.error.issues;
        throw new Error([...issue!.path.map((part) => `[${String(part)}]`), ` ${issue!.message}`].join('').trim());
      },
    },
  };
}
