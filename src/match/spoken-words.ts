import { readDigits, withoutFillers, type Grammar } from '../grammar/index.ts';
import type { WordScore } from '../types.ts';

/** One word of a reading, in the form in which two readings are compared. */
export interface SpokenWord {
  /** The folded word; numbers and short forms are written out. */
  word: string;
  /** The written word that it comes from: an index into the scores of the reading. */
  at: number;
}

/** A reading cut into the words that were spoken. */
export interface SpokenReading {
  words: readonly SpokenWord[];
  /** One score for each written word; the last one is that of the end of the text. */
  scores: readonly WordScore[];
}

/** What is needed of a reading. */
interface ScoredText {
  text: string;
  logProbability: number;
  scores?: readonly WordScore[];
}

type Comparable = Pick<Grammar, 'language' | 'tokenize' | 'fold'>;

/**
 * Returns the words of a reading as they were spoken: "50%" becomes "fifty percent", "don't" becomes "do not", and
 * sounds like "um" are left out. If the engine gives no scores for single words, the reading's probability is divided
 * among them, and each gets a lead of `lead` nats.
 */
export function spokenReading(reading: ScoredText, grammar: Comparable, lead: number): SpokenReading {
  const scores = reading.scores ?? evenScores(reading, lead);
  const words = scores.flatMap(({ word }, at) =>
    spokenForms(word, grammar).map((spoken): SpokenWord => ({ word: spoken, at })),
  );
  return { words, scores };
}

/** Returns a written word or phrase as the folded words that people say for it. */
export function spokenForms(text: string, { language, tokenize, fold }: Comparable): string[] {
  const words = tokenize(text).flatMap((word) =>
    (spokenNumber(word, language) ?? language.contractions[word] ?? word).split(' '),
  );
  return withoutFillers({ language }, words)
    .map(fold)
    .filter((word) => word !== '');
}

/**
 * Turns "-12.5%" into "minus twelve point five percent"; undefined for anything but a number, and for one too long to
 * spell.
 */
function spokenNumber(word: string, language: Grammar['language']): string | undefined {
  const [, sign, written, unit] = /^(-?)([\d.,]+)(%?)$/.exec(word) ?? [];
  const value = written === undefined ? undefined : readDigits(written, language);
  const [, whole, decimals = ''] = /^(\d{1,6})(?:\.(\d{1,3}))?$/.exec(String(value)) ?? [];
  if (whole === undefined) return undefined;
  const { minus, point, percent } = language;
  const digits = [...decimals].map((digit) => language.spell(Number(digit))[0]!);
  return [
    ...(sign ? [minus[0]!] : []),
    language.spell(Number(whole))[0]!,
    ...(digits.length > 0 ? [point[0]!, ...digits] : []),
    ...(unit ? [percent[0]!] : []),
  ].join(' ');
}

function evenScores({ text, logProbability }: ScoredText, lead: number): WordScore[] {
  const words = text.split(/\s+/).filter((word) => word !== '');
  return [...words, ''].map((word) => ({ word, logProbability: logProbability / (words.length + 1), lead }));
}
