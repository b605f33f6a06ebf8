import { findUnknown, firstPhrases, type Grammar, type UnknownWords } from '../grammar/index.ts';
import type { UnknownPart } from './result.ts';

/** Values of a list that are told. */
const maxKnown = 5;

/**
 * Which words of a text no command explains, where all others are one, and that in a sentence; undefined where they are
 * not.
 */
export function findUnknownPart(
  grammar: Grammar,
  text: string,
  likely?: string,
): { unknown: UnknownPart; reason: string } | undefined {
  const words = grammar.tokenize(text).filter((word) => !grammar.language.fillers.includes(word));
  const found = findUnknown(grammar, words, likely);
  if (!found) return undefined;
  const { where, slot } = found;
  const known = slot === undefined ? undefined : firstPhrases(found.command.slots[slot], grammar.language, maxKnown);
  const unknown: UnknownPart = {
    where,
    words: found.words.join(' '),
    ...(slot === undefined ? {} : { slot }),
    ...(known ? { known } : {}),
  };
  return { unknown, reason: reasonOf(unknown, found, grammar) };
}

/** heed's own sentences, by ISO 639-1 code. */
const sentences = {
  en: {
    value: (slot: string, words: string) => `I know no ${slot} “${words}”.`,
    say: (values: string) => `Say ${values}.`,
    beside: (words: string) => `I can't do that with “${words}”, so I did nothing.`,
  },
  de: {
    value: (slot: string, words: string) => `„${words}“ kenne ich nicht (${slot}).`,
    say: (values: string) => `Möglich: ${values}.`,
    beside: (words: string) => `Mit „${words}“ kann ich das nicht, darum habe ich nichts getan.`,
  },
  fr: {
    value: (slot: string, words: string) => `Je ne connais pas « ${words} » (${slot}).`,
    say: (values: string) => `Dites : ${values}.`,
    beside: (words: string) => `Je ne sais pas faire cela avec « ${words} » ; je n'ai rien fait.`,
  },
  es: {
    value: (slot: string, words: string) => `No conozco «${words}» (${slot}).`,
    say: (values: string) => `Diga: ${values}.`,
    beside: (words: string) => `No puedo hacerlo con «${words}»; no hice nada.`,
  },
} as const;

function reasonOf({ where, slot = '', words }: UnknownPart, { command }: UnknownWords, grammar: Grammar): string {
  const own = sentences[grammar.language.code as keyof typeof sentences] ?? sentences.en;
  if (where !== 'slot') return own.beside(words);
  const name = slot
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return `${own.value(name, words)} ${own.say(command.slots[slot]!.hint(grammar.language))}`;
}
