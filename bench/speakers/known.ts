// How well a few people who were made known are told from strangers, by the length of speech, in quiet and in noise:
// their voices are described as heed describes them while they speak. The people of the data are halved: `calibration`
// says what fits one half, and all rates are those of the other half.
import { concatSamples } from '../../src/audio/index.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { calibrations, type Calibration } from '../../src/speakers/known/calibration.ts';
import { piecesOf } from '../../src/speakers/known/enrol.ts';
import type { VoicePiece } from '../../src/speakers/known/known-voice.ts';
import { maxOthersSeconds } from '../../src/speakers/known/known-voices.ts';
import { scoreVoices } from '../../src/speakers/known/score-voices.ts';
import { SpeechDescriber, type DescribedVoice } from '../../src/speakers/known/speech-describer.ts';
import { speechOf } from '../../src/speakers/known/speech-of.ts';
import type { NativeModels } from '../../src/speakers/native-models.ts';
import { cosine } from '../../src/speakers/online-clustering.ts';
import { frameSamples, msToSamples } from '../../src/types.ts';
import { createVad, type Vad } from '../../src/vad/index.ts';
import type { Bench } from '../lib/bench.ts';
import { loadClip, type Clip } from '../lib/manifest.ts';
import { mixNoise } from '../lib/noise.ts';
import { fitCurve } from './newton.ts';

const lengthsSeconds = [0.7, 1, 2, 4];
const noises = [undefined, 10];
/** How many people are known at the same time. */
const householdSize = 3;
/** How much of a person's only recording makes them known; of several recordings, the first with so much sound, s. */
const [enrolledShare, enrolledSeconds] = [0.6, 15];
const maxPieces = 4;
/**
 * How many strangers may be taken for somebody known by the half that is fitted: half as many as are promised, since at
 * home everybody is heard by the same microphone.
 */
const maxTaken = 0.005;
const pieceSeconds = 3;
/** A session listens to so much of a voice at a time, and the last of it is described when somebody asks, samples. */
const listenSamples = 4 * frameSamples;

interface Piece {
  seconds: number;
  snrDb: number | undefined;
  vector: Float32Array;
  /** Whether several voices seem to be heard in it, which is refused. */
  isSeveral: boolean;
}

interface Person {
  name: string;
  pieces: VoicePiece[];
  tests: Piece[];
}

/** Who may be taken for somebody known. */
interface Rates {
  wrong: number;
  refused: number;
  /** Those of the refused in whose speech a second voice seems to be. */
  several: number;
  mistaken: number;
}

export async function known(bench: Bench, models: NativeModels): Promise<void> {
  const vad = await createVad(defaultConfig.vad);
  try {
    const people = await peopleOf(bench, models, vad);
    const halves = [0, 1].map((half) => people.filter((_, index) => index % 2 === half)) as [Person[], Person[]];
    const fitted = fit(halves[0]);
    bench.progress(`fitted to half of the people: ${JSON.stringify(fitted)}`);
    for (const [calibration, shown] of [
      [calibrations[models.encoder.model]!, 'shipped'],
      [fitted, 'fitted'],
    ] as const)
      for (const snrDb of noises)
        for (const seconds of lengthsSeconds) {
          const { wrong, refused, several, mistaken } = ratesOf(halves[1], { snrDb, seconds, calibration });
          bench.report.add({
            identity: { calibration: shown, sound: snrDb === undefined ? 'quiet' : `${snrDb} dB`, 'speech s': seconds },
            n: testsOf(halves[1], { snrDb, seconds }).length,
            values: [
              { metric: 'strangers taken', value: 100 * wrong, unit: '%' },
              { metric: 'known refused', value: 100 * refused, unit: '%' },
              { metric: 'for a second voice', value: 100 * several, unit: '%' },
              { metric: 'taken for another', value: 100 * mistaken, unit: '%' },
            ],
          });
        }
  } finally {
    await vad.close();
  }
}

/** Everybody of whom the data has enough speech. */
async function peopleOf(bench: Bench, models: NativeModels, vad: Vad): Promise<Person[]> {
  const byName = new Map<string, Clip[]>();
  const add = (set: string, nameOf: (label: string) => string | undefined): void => {
    for (const clip of bench.clips(set)) {
      const name = nameOf(clip.label);
      if (name !== undefined) byName.set(`${set} ${name}`, [...(byName.get(`${set} ${name}`) ?? []), clip]);
    }
  };
  add('librispeech-train100-1utt', (label) => label);
  add('librispeech-test-other', (label) => label.split('|')[0]);
  add('fsdd', (label) => label.split('|')[1]);
  add('picovoice-samples', (label) => /^speaker_(\d)/.exec(label)?.[1]);
  const kitchen = await loadClip(bench.clips('noise-kitchen')[0]!);
  const people: Person[] = [];
  for (const [name, clips] of byName) {
    const sounds: Float32Array[] = [];
    // One after the other, since each that is decoded beside others starts a thread.
    for (const clip of clips) sounds.push(await loadClip(clip));
    const [first, rest] = split(sounds);
    const enrolled = await speechOf(first, vad);
    if (enrolled.length < msToSamples(1000 * pieceSeconds)) continue;
    const pieces = piecesOf(enrolled).flatMap((piece) => {
      const { vector } = new SpeechDescriber(models).describe(piece);
      return vector ? [{ vector, seconds: pieceSeconds }] : [];
    });
    const tests: Piece[] = [];
    for (const snrDb of noises) {
      const sound = snrDb === undefined ? rest : mixNoise(rest, kitchen, { snrDb, seed: name });
      const speech = await speechOf(sound, vad);
      for (const seconds of lengthsSeconds)
        for (const piece of cut(speech, seconds, maxPieces)) {
          const { vector, othersSeconds } = listen(models, piece);
          if (vector) tests.push({ seconds, snrDb, vector, isSeveral: othersSeconds > maxOthersSeconds });
        }
    }
    people.push({ name, pieces, tests });
    bench.progress(`${people.length} people`);
  }
  return people;
}

function split(sounds: readonly Float32Array[]): [first: Float32Array, rest: Float32Array] {
  const all = concatSamples(sounds);
  if (sounds.length === 1) {
    const at = Math.round(all.length * enrolledShare);
    return [all.subarray(0, at), all.subarray(at)];
  }
  let at = 0;
  for (const { length } of sounds) if (at < msToSamples(1000 * enrolledSeconds)) at += length;
  return [all.subarray(0, at), all.subarray(at, at + msToSamples(40_000))];
}

/** Finds the calibration that fits some people, with the threshold at which one stranger in a hundred is taken. */
function fit(people: readonly Person[]): Calibration {
  const pairs = people.flatMap((person) =>
    person.tests.flatMap(({ seconds, snrDb, vector }) =>
      people.map((other) => {
        const [like, length] = [cosine(centreOf(other), vector), Math.log(seconds)];
        const isPositive = other === person;
        return { group: `${snrDb} ${seconds} ${isPositive}`, isPositive, values: [1, like, length, like * length] };
      }),
    ),
  );
  const sizes = new Map<string, number>();
  for (const { group } of pairs) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  // Each length and each noise counts as much as the others, and own voices as much as strangers.
  const weighed = pairs.map(({ group, ...pair }) => ({ ...pair, weight: 1 / sizes.get(group)! }));
  const [constant, cosineWeight, lengthWeight, longWeight] = fitCurve(weighed) as [number, number, number, number];
  const fitted = { constant, cosineWeight, lengthWeight, longWeight, minSeconds: lengthsSeconds[0]!, threshold: 0.5 };
  const isEnough = (): boolean =>
    noises.every((snrDb) =>
      lengthsSeconds.every((seconds) => ratesOf(people, { snrDb, seconds, calibration: fitted }).wrong <= maxTaken),
    );
  while (!isEnough()) fitted.threshold += 0.01;
  return fitted;
}

function ratesOf(
  people: readonly Person[],
  { calibration, ...sound }: { snrDb: number | undefined; seconds: number; calibration: Calibration },
): Rates {
  const counts = { strangers: 0, wrong: 0, own: 0, refused: 0, several: 0, mistaken: 0 };
  for (let from = 0; from + householdSize <= people.length; from += householdSize) {
    const household = people.slice(from, from + householdSize);
    for (const { person, vector, isSeveral } of testsOf(people, sound)) {
      const scores = scoreVoices({ vector, seconds: sound.seconds }, household, calibration);
      const isTaken = !isSeveral && scores.reduce((sum, { score }) => sum + score, 0) >= calibration.threshold;
      if (household.includes(person)) {
        counts.own++;
        if (isSeveral) counts.several++;
        if (!isTaken) counts.refused++;
        else if (scores[0]!.name !== person.name) counts.mistaken++;
      } else {
        counts.strangers++;
        if (isTaken) counts.wrong++;
      }
    }
  }
  return {
    wrong: counts.wrong / counts.strangers,
    refused: counts.refused / counts.own,
    several: counts.several / counts.own,
    mistaken: counts.mistaken / counts.own,
  };
}

function testsOf(
  people: readonly Person[],
  { snrDb, seconds }: { snrDb: number | undefined; seconds: number },
): (Piece & { person: Person })[] {
  return people.flatMap((person) =>
    person.tests
      .filter((test) => test.snrDb === snrDb && test.seconds === seconds)
      .map((test) => ({ ...test, person })),
  );
}

/** Describes speech as a session does, most of it before its end. */
function listen(models: NativeModels, speech: Float32Array): DescribedVoice {
  const describer = new SpeechDescriber(models);
  let at = 0;
  for (; at + 2 * listenSamples <= speech.length; at += listenSamples)
    describer.push(speech.subarray(at, at + listenSamples));
  return describer.describe(speech.subarray(at));
}

function centreOf({ pieces }: Person): Float32Array {
  return pieces.reduce(
    (sum, { vector }) => sum.map((value, i) => value + vector[i]!),
    new Float32Array(pieces[0]!.vector.length),
  );
}

function cut(samples: Float32Array, seconds: number, most: number): Float32Array[] {
  const length = msToSamples(1000 * seconds);
  const count = Math.min(most, Math.floor(samples.length / length));
  return Array.from({ length: count }, (_, i) => samples.subarray(i * length, (i + 1) * length));
}
