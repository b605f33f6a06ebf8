import type { Grammar } from '../grammar/index.ts';
import type { Alternative, Transcript } from '../types.ts';
import { differencesOf } from './differences.ts';
import type { Evidence } from './judgement.ts';
import { soundDistance } from './sounds.ts';
import { spokenReading } from './spoken-words.ts';

/** Compares a reading held to the grammar with the free readings of the same sound, word by word. */
export function evidenceOf(held: Alternative, transcript: Transcript, grammar: Grammar): Evidence {
  const prompted = transcript.prompted ?? transcript;
  // An engine that tells nothing of single words leaves the whole distance to every one of them.
  const lead = Math.max(0, prompted.logProbability - held.logProbability);
  const [free, other, said] = [transcript, prompted, held].map((reading) => spokenReading(reading, grammar, lead)) as [Spoken, Spoken, Spoken];
  const plain = held.plainScores ? { ...said, scores: held.plainScores } : said;
  return {
    fit: held.logProbability / Math.max(1, held.tokens),
    distance: soundDistance(free.words.map(({ word }) => word), said.words.map(({ word }) => word)),
    plain: differencesOf(free, plain),
    prompted: differencesOf(other, said),
  };
}

type Spoken = ReturnType<typeof spokenReading>;
