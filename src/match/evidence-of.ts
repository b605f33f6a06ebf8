import type { Grammar } from '../grammar/index.ts';
import type { Alternative, Transcript } from '../types.ts';
import { differencesOf } from './differences.ts';
import type { Evidence } from './judgement.ts';
import { soundDistance } from './sounds.ts';
import type { MatchedSlot } from './result.ts';
import { spokenForms, spokenReading } from './spoken-words.ts';

/** Compares a constrained reading, with its slot values, word by word with the free readings of the same sound. */
export function evidenceOf(
  held: Alternative,
  slots: readonly Pick<MatchedSlot, 'words'>[],
  transcript: Transcript,
  grammar: Grammar,
): Evidence {
  const prompted = transcript.prompted ?? transcript;
  // An engine without scores for single words charges the whole difference to each of them.
  const lead = Math.max(0, prompted.logProbability - held.logProbability);
  const [free, other, said] = [transcript, prompted, held].map((reading) => spokenReading(reading, grammar, lead)) as [
    Spoken,
    Spoken,
    Spoken,
  ];
  const plain = held.plainScores ? { ...said, scores: held.plainScores } : said;
  return {
    deficit: transcript.logProbability - plainLogProbability(held, transcript),
    fit: held.logProbability / Math.max(1, held.tokens),
    distance: soundDistance(
      free.words.map(({ word }) => word),
      said.words.map(({ word }) => word),
    ),
    plain: differencesOf(free, plain),
    prompted: differencesOf(other, said),
    values: placesOf(
      slots.map(({ words }) => spokenForms(words, grammar)),
      said.words.map(({ word }) => word),
    ),
  };
}

/**
 * The log-probability without the prompt. A reading that was too unlikely to be scored without it has only the prompt
 * in its favour.
 */
function plainLogProbability({ plainScores, logProbability }: Alternative, { prompted }: Transcript): number {
  if (plainScores) return plainScores.reduce((sum, score) => sum + score.logProbability, 0);
  return prompted ? -Infinity : logProbability;
}

/** Finds where the phrases are among the words, each after the one before. */
function placesOf(phrases: readonly string[][], words: readonly string[]): Set<number> {
  const places = new Set<number>();
  let from = 0;
  for (const phrase of phrases) {
    const at = words.findIndex((_, start) => start >= from && phrase.every((word, i) => words[start + i] === word));
    if (at < 0) continue;
    from = at + phrase.length;
    for (let i = at; i < from; i++) places.add(i);
  }
  return places;
}

type Spoken = ReturnType<typeof spokenReading>;
