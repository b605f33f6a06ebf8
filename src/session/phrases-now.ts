import { canBeSaid, detailsOf, filledBy, isPlain, phrasesFor, type Phrase, type Phrases } from '../grammar/index.ts';
import type { Command } from '../registry/index.ts';

/** Whether what can be said of a command depends on the contexts that are active. */
export function dependsOnContexts({ phrases, followUps }: Command): boolean {
  return [{ phrases }, ...followUps]
    .flatMap((part) => phrasesFor(part, 'auto'))
    .map(detailsOf)
    .some(({ contexts, unless, fill }) => contexts ?? unless ?? fill);
}

/** Returns a command with only the phrases that can be said now, and with the values that contexts give them. */
export function withPhrasesNow(command: Command, active: readonly string[]): Command {
  const now = (phrases: Phrases): Phrases => {
    const of = (all: readonly Phrase[]): Phrase[] => all.flatMap((phrase) => phraseNow(phrase, command, active));
    return isPlain(phrases)
      ? of(phrases)
      : Object.fromEntries(Object.entries(phrases).map(([language, all]) => [language, of(all)]));
  };
  const followUps = command.followUps.map((followUp) => ({ ...followUp, phrases: now(followUp.phrases) }));
  return { ...command, phrases: now(command.phrases), followUps };
}

/** Returns the phrase if it can be said now. */
function phraseNow(phrase: Phrase, { slots }: Command, active: readonly string[]): Phrase[] {
  const details = detailsOf(phrase);
  if (!canBeSaid(details, active)) return [];
  const { say, args, fill = [] } = details;
  const filled = filledBy(details, active);
  if (fill.some((name) => !slots[name]?.schema.safeParse(filled[name]).success)) return [];
  return [args || fill.length > 0 ? { say, args: { ...args, ...filled } } : say];
}
