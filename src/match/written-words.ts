import type { Alternative, WordScore } from '../types.ts';

/** Cuts a text into its written words, punctuation included. */
export function cutWords(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** Returns the written words of a reading, as its scores have them if it has any. */
export function writtenWords({ text, scores }: Pick<Alternative, 'text' | 'scores'>): string[] {
  return scores ? scores.slice(0, -1).map(({ word }) => word.trim()) : cutWords(text);
}

/**
 * Returns a reading without its first written words. What it does not tell about single words is divided by their
 * letters.
 */
export function withoutFirst<T extends Alternative>(reading: T, count: number): T {
  const { scores, plainScores, logProbability, tokens } = reading;
  const words = writtenWords(reading);
  const left = words.slice(count);
  const share = lettersIn(left) / Math.max(1, lettersIn(words));
  const without = (all: readonly WordScore[] | undefined): number =>
    (all ?? []).slice(0, count).reduce((sum, score) => sum + score.logProbability, 0);
  return {
    ...reading,
    text: left.join(' '),
    // The end of the text counts as a token.
    tokens: Math.max(1, Math.round((tokens - 1) * share) + 1),
    logProbability: scores ? Math.min(0, logProbability - without(scores)) : logProbability * share,
    ...(scores ? { scores: scores.slice(count) } : {}),
    ...(plainScores ? { plainScores: plainScores.slice(count) } : {}),
  };
}

function lettersIn(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + word.length, 0);
}
