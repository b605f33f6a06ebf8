import type { Transcript } from '../../src/types.ts';

/** All of a transcript but its readings. */
export const unread = {
  segmentId: 's',
  words: [],
  language: 'en',
  confidence: 0.9,
  noSpeechProbability: 0,
  alternatives: [],
  audioMs: 2000,
  inferenceMs: 100,
};

/**
 * Makes a transcript from readings given as [text, log-probability per token, lead of the words that the free reading
 * does not have, nats], each with ten tokens.
 */
export function transcript(free: [string, number], constrained?: [string, number, number?][]): Transcript {
  const freeWords = free[0]
    .toLowerCase()
    .replace(/[.!?]$/, '')
    .split(' ');
  const scored = (text: string, each: number, lead: number): Scored => {
    const words = [...text.split(' '), ''];
    const isFree = (word: string): boolean => word !== '' && freeWords.includes(word.toLowerCase());
    return {
      text,
      logProbability: each * 10,
      tokens: 10,
      endMs: 0,
      scores: words.map((word) => ({
        word,
        logProbability: (each * 10) / words.length,
        lead: isFree(word) ? 0 : lead,
      })),
    };
  };
  return {
    ...unread,
    ...scored(...free, 0),
    ...(constrained ? { constrained: constrained.map(([text, each, lead = 0.3]) => scored(text, each, lead)) } : {}),
  };
}

type Scored = Pick<Transcript, 'text' | 'logProbability' | 'tokens' | 'endMs' | 'scores'>;
