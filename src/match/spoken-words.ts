import type { Grammar } from '../grammar/index.ts';
import type { WordScore } from '../types.ts';

/** One word of a reading, in the form in which two readings are compared. */
export interface SpokenWord {
  /** Folded; numbers and short forms are written out. */
  word: string;
  /** The written word that it comes from, an index into the scores of the reading. */
  at: number;
}

/** A reading cut into the words that were spoken. */
export interface SpokenReading {
  words: readonly SpokenWord[];
  /** One for each written word, the end of the text last. */
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
 * The words of a reading as they were spoken: "50%" is "fifty percent", "don't" is "do not", and sounds like "um" are
 * left out. An engine that tells nothing of single words has its probability shared out among them, and `lead` nats for
 * each.
 */
export function spokenReading(reading: ScoredText, grammar: Comparable, lead: number): SpokenReading {
  const scores = reading.scores ?? evenScores(reading, lead);
  const words = scores.flatMap(({ word }, at) =>
    spokenForms(word, grammar).map((spoken): SpokenWord => ({ word: spoken, at })),
  );
  return { words, scores };
}

/** A written word or phrase as the folded words that one says for it. */
export function spokenForms(text: string, { language, tokenize, fold }: Comparable): string[] {
  return tokenize(text)
    .flatMap((word) => (spokenNumber(word, language) ?? language.contractions[word] ?? word).split(' '))
    .map(fold)
    .filter((word) => word !== '' && !language.fillers.includes(word));
}

/** "-12.5%" → "minus twelve point five percent"; undefined for what is no number, or one too long to be spelled. */
function spokenNumber(word: string, language: Grammar['language']): string | undefined {
  const [, sign, whole, decimals = '', unit] = /^(-?)(\d{1,6})(?:[.,](\d{1,3}))?(%?)$/.exec(word) ?? [];
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
