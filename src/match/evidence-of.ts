import { delayNames, type Grammar } from '../grammar/index.ts';
import type { Alternative, Transcript } from '../types.ts';
import { differencesOf } from './differences.ts';
import type { Evidence } from './judgement.ts';
import { soundDistance } from './sounds.ts';
import type { MatchedSlot } from './result.ts';
import { spokenForms, spokenReading } from './spoken-words.ts';

/** Compares a constrained reading, with its slot values, word by word with the free readings of the same sound. */
export function evidenceOf(
  held: Alternative,
  slots: readonly Pick<MatchedSlot, 'name' | 'words'>[],
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
  const words = said.words.map(({ word }) => word);
  const places = placesOf(
    slots.map((slot) => spokenForms(slot.words, grammar)),
    words,
  );
  const first = slots.findIndex(({ name }) => name === delayNames.first);
  const last = slots.findIndex(({ name }) => name === delayNames.last);
  const begin = places[first]?.at(-1);
  const edge = begin === undefined ? places[last]?.[0] : begin + 1;
  return {
    deficit: transcript.logProbability - plainLogProbability(held, transcript),
    fit: held.logProbability / Math.max(1, held.tokens),
    distance: soundDistance(
      free.words.map(({ word }) => word),
      words,
    ),
    plain: differencesOf(free, plain, edge),
    prompted: differencesOf(other, said, edge),
    values: new Set(places.flat()),
    ...(begin === undefined ? {} : { begin: begin + 1 }),
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

/** Finds where each of the phrases is among the words, after the one before; empty for one that is not there. */
function placesOf(phrases: readonly string[][], words: readonly string[]): number[][] {
  let from = 0;
  return phrases.map((phrase) => {
    const at = words.findIndex((_, start) => start >= from && phrase.every((word, i) => words[start + i] === word));
    if (at < 0) return [];
    from = at + phrase.length;
    return phrase.map((_, i) => at + i);
  });
}

type Spoken = ReturnType<typeof spokenReading>;
