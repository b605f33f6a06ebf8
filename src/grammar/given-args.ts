import type { GrammarCommand, PhraseDetails } from './command-shape.ts';

/** Returns the slots that a phrase fills without saying them. */
export function givenBy({ args = {}, fill = [] }: PhraseDetails): string[] {
  return [...Object.keys(args), ...fill];
}

/**
 * Describes what is wrong with the arguments that a phrase gives without saying them; empty when nothing is.
 * @param said the slots that stand in the phrase
 */
export function wrongGiven(
  { args = {}, fill = [] }: PhraseDetails,
  { slots }: Pick<GrammarCommand, 'slots'>,
  said: ReadonlySet<string>,
): string[] {
  const twice = fill.filter((name, i) => Object.hasOwn(args, name) || fill.indexOf(name) < i);
  const problems = [...new Set(givenBy({ say: '', args, fill }))].flatMap((name) => {
    if (!Object.hasOwn(slots, name)) return [`gives {${name}}, but there is no slot of that name`];
    return said.has(name) ? [`gives {${name}} and says it too; leave out one of them`] : [];
  });
  const wrong = Object.entries(args).filter(
    ([name, value]) => Object.hasOwn(slots, name) && !slots[name]!.schema.safeParse(value).success,
  );
  return [
    ...problems,
    ...twice.map((name) => `gives {${name}} twice`),
    ...wrong.map(
      ([name, value]) => `gives {${name}} the value ${JSON.stringify(value)}, which this slot does not take`,
    ),
  ];
}
