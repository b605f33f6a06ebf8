import type { Language } from '../../language/index.ts';
import type { Pattern } from '../pattern.ts';
import { tokenize, writeWords } from '../tokenize.ts';
import { numberEnds } from '../numbers/number-ends.ts';
import type { Slot } from './slot.ts';
import { SpokenValues } from './spoken-values.ts';

/** Letters that a template writes directly before and after a slot. */
export interface Affixes {
  before?: string;
  after?: string;
}

/** A slot with the letters beside it. */
export interface Affixed {
  slot: Slot;
  /** Words that follow the slot. They are not part of its values, because numbers are never one word with letters. */
  words?: string;
}

/** Returns a slot with the letters beside it, or undefined when its values cannot be one word with them. */
export function withAffixes(slot: Slot, { before = '', after = '' }: Affixes): Affixed | undefined {
  if (before === '' && after === '') return { slot };
  if (slot.type === 'list') return { slot: joined(slot, before, after) };
  if (before !== '') return undefined;
  if (slot.type === 'percent' && after === '%') return { slot };
  if (slot.type !== 'number') return undefined;
  return after === '%' ? { slot: withPercent(slot) } : { slot, words: after };
}

/** The values of a list with letters before the first and after the last word: "küchenlicht", "doors". */
function joined(slot: Slot, before: string, after: string): Slot {
  const spoken = new SpokenValues<unknown>(
    function* (language) {
      for (const words of phrasesOf(slot, language))
        yield [`${before}${writeWords(words)}${after}`, slot.parse(words, language)];
    },
    { isComplete: true },
  );
  return {
    ...slot,
    key: `joined:${before}:${after}:${slot.key}`,
    pattern: (language) => ({ kind: 'phrases', phrases: spoken.phrases(language) }),
    // An answer to a question is the value alone.
    parse: (words, language) => spoken.find(words, language) ?? slot.parse(words, language),
  };
}

/** A number and a percent sign: "50%", "fifty percent". */
function withPercent(slot: Slot<unknown>): Slot {
  const number = (words: readonly string[], language: Language): readonly string[] => {
    const last = words.at(-1) ?? '';
    if (last.endsWith('%')) return [...words.slice(0, -1), last.slice(0, -1)];
    const sign = signsOf(language).find(
      (sign) => sign.length < words.length && sign.every((word, i) => words[words.length - sign.length + i] === word),
    );
    return sign ? words.slice(0, -sign.length) : words;
  };
  return {
    ...slot,
    key: `percent:${slot.key}`,
    pattern: (language): Pattern => ({
      kind: 'choice',
      options: [
        { kind: 'phrases', phrases: digitsOf(slot, language).map((digits) => [`${digits}%`]), areAlike: true },
        {
          kind: 'sequence',
          parts: [slot.pattern(language), { kind: 'phrases', phrases: signsOf(language), areAlike: true }],
        },
      ],
    }),
    parse: (words, language) => slot.parse(number(words, language), language),
    ends: (words, at, language) => {
      const parts = signsOf(language).flat();
      const isPart = (word: string): boolean => parts.includes(word);
      const isOne = (some: readonly string[]): boolean =>
        number(some, language) !== some && slot.parse(number(some, language), language) !== undefined;
      return numberEnds(words, at, language, { hasValue: isOne, isPart });
    },
  };
}

function signsOf(language: Language): string[][] {
  return language.percent.map(tokenize).filter((words) => words.length > 0);
}

/** Returns the single words in digits that a slot lists. */
function digitsOf(slot: Slot, language: Language): string[] {
  return [...phrasesOf(slot, language)].flatMap((words) =>
    words.length === 1 && /\d$/.test(words[0]!) ? [words[0]!] : [],
  );
}

function phrasesOf(slot: Slot, language: Language): Iterable<readonly string[]> {
  const pattern = slot.pattern(language);
  return pattern.kind === 'phrases' ? pattern.phrases : [];
}
