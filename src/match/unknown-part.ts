import {
  findUnknown,
  firstPhrases,
  withoutFillers,
  writeWords,
  type Grammar,
  type UnknownWords,
} from '../grammar/index.ts';
import { nameInWords } from '../language/index.ts';
import type { UnknownPart } from './result.ts';

/** How many values of a list are named. */
const maxKnown = 5;

/**
 * Finds which words of a text no command explains although all others are one, and says so in a sentence. Returns
 * undefined when the others are not a command.
 */
export function findUnknownPart(
  grammar: Grammar,
  text: string,
  likely?: string,
): { unknown: UnknownPart; reason: string } | undefined {
  const words = withoutFillers(grammar, grammar.tokenize(text));
  const found = findUnknown(grammar, words, likely);
  if (!found) return undefined;
  const { where, slot } = found;
  const known = slot === undefined ? undefined : firstPhrases(found.command.slots[slot], grammar.language, maxKnown);
  const unknown: UnknownPart = {
    where,
    words: writeWords(found.words),
    ...(slot === undefined ? {} : { slot }),
    ...(known ? { known } : {}),
  };
  return { unknown, reason: reasonOf(unknown, found, grammar) };
}

function reasonOf({ where, slot = '', words }: UnknownPart, { command }: UnknownWords, grammar: Grammar): string {
  const { unknownValue, say, unknownBeside } = grammar.language.sentences;
  if (where !== 'slot') return unknownBeside(words);
  return `${unknownValue(nameInWords(slot), words)} ${say(command.slots[slot]!.hint(grammar.language))}`;
}
