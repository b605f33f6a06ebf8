import type { Grammar } from '../grammar/index.ts';
import type { Alternative, Transcript } from '../types.ts';
import { differencesOf } from './differences.ts';
import type { Evidence } from './judgement.ts';
import { soundDistance } from './sounds.ts';
import type { MatchedSlot } from './result.ts';
import { spokenForms, spokenReading } from './spoken-words.ts';

/**
 * Compares a reading held to the grammar, with these values of slots, with the free readings of the same sound, word by
 * word.
 */
export function evidenceOf(
  held: Alternative,
  slots: readonly Pick<MatchedSlot, 'words'>[],
  transcript: Transcript,
  grammar: Grammar,
): Evidence {
  const prompted = transcript.prompted ?? transcript;
  // An engine that tells nothing of single words leaves the whole distance to every one of them.
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

/** Without the prompt; one that was too unlikely to be scored so has the prompt alone on its side. */
function plainLogProbability({ plainScores, logProbability }: Alternative, { prompted }: Transcript): number {
  if (plainScores) return plainScores.reduce((sum, score) => sum + score.logProbability, 0);
  return prompted ? -Infinity : logProbability;
}

/** Where the phrases stand in the words, each behind the one before. */
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
