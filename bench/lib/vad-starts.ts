// Whether the first word is inside its segment: in noise, soft and from afar. And how often a segment starts although
// nobody speaks.
import { defaultConfig, type Config } from '../../src/config/index.ts';
import { frameSamples, msToSamples, sampleRateHz, samplesToMs } from '../../src/types.ts';
import { createModelRunner, type ModelRunner } from '../../src/vad/model-runner.ts';
import { Segmenter, withSensitivity } from '../../src/vad/index.ts';
import { readModel } from '../../src/vad/model-file.ts';
import type { Bench } from './bench.ts';
import { loadClip, type Clip } from './manifest.ts';
import { mixNoise } from './noise.ts';
import { createRandom } from './random.ts';
import { speakInRoom } from './room.ts';
import { speechStart } from './speech-start.ts';
import { median, percentile } from './statistics.ts';

const sets = ['s2i-barista', 'speech-to-phrase-tts', 'speech-to-phrase-fr-real', 'wakeword', 'fsdd'];
const snrsDb = [20, 12, 6, 0];
/**
 * How much sound is added before and after each clip, ms. It is the clip's own background, so that the clip does not
 * begin with a jump.
 */
const aroundMs = 1_504;
const clipsAtOnce = 64;
/** A first word counts as whole when no more than this is missing, ms: the frame of 10 ms and some breath. */
const toleranceMs = 60;
/** A segment that ends sooner than this after the start of speech has missed the speech, ms. */
const leastHeardMs = 100;
/** Each noise is repeated for this long, at these levels below its own, dB. */
const noiseMs = 120_000;
const noiseLevelsDb = [0, -20, -40];

const variants: Record<string, Config['vad']> = {
  'as set': defaultConfig.vad,
  'sensitivity 0': withSensitivity(defaultConfig.vad, 0),
  'sensitivity 1': withSensitivity(defaultConfig.vad, 1),
  'no gain': { ...defaultConfig.vad, maxGainDb: 0 },
  'no gain, fixed pre-roll': { ...defaultConfig.vad, maxGainDb: 0, lookBackMs: 0, preRollMs: 250 },
};

interface Phrase {
  name: string;
  sound: Float32Array;
  startSample: number;
}

type Condition = (phrase: Phrase) => Float32Array;

interface Found {
  startSample: number;
  endSample: number;
}

/** The part `starts` of the bench of voice activity. */
export async function benchStarts(bench: Bench): Promise<void> {
  const noises = new Map<string, Float32Array>();
  for (const clip of [...bench.clips('noise-kitchen'), ...bench.clips('noise')])
    noises.set(clip.name.replace(/^.*\/|\.\w+$/g, ''), await loadClip(clip));
  const engines = new Map<number, ModelRunner>();
  for (const { engine, maxGainDb, ...vad } of Object.values(variants))
    engines.set(
      maxGainDb,
      engines.get(maxGainDb) ?? (await createModelRunner(engine, readModel(engine), { ...vad, maxGainDb })),
    );
  const hear = async (sounds: Float32Array[]): Promise<Map<number, number[][]>> => {
    const heard = new Map<number, number[][]>();
    for (const [maxGainDb, engine] of engines) heard.set(maxGainDb, await probabilitiesOf(engine, sounds));
    return heard;
  };

  for (const set of sets) {
    const phrases = await loadPhrases(bench.clips(set));
    for (const [condition, apply] of Object.entries(conditions(noises))) {
      bench.progress(`${set}, ${condition}`);
      const found = new Map<string, { phrase: Phrase; segments: Found[] }[]>(
        Object.keys(variants).map((name) => [name, []]),
      );
      for (let at = 0; at < phrases.length; at += clipsAtOnce) {
        const group = phrases.slice(at, at + clipsAtOnce);
        const sounds = group.map(apply);
        const heard = await hear(sounds);
        for (const [name, config] of Object.entries(variants)) {
          group.forEach((phrase, index) => {
            found.get(name)!.push({
              phrase,
              segments: segmentsOf(sounds[index]!, heard.get(config.maxGainDb)![index]!, config).ended,
            });
          });
        }
      }
      for (const [name, results] of found) reportStarts(bench, { set, condition, vad: name }, results);
    }
  }
  for (const [noise, sound] of Object.entries({ ...Object.fromEntries(noises), ...silences() })) {
    for (const levelDb of noiseLevelsDb) {
      const heardSound = louder(
        Float32Array.from({ length: msToSamples(noiseMs) }, (_, at) => sound[at % sound.length]!),
        levelDb,
      );
      const heard = await hear([heardSound]);
      for (const [name, config] of Object.entries(variants)) {
        const [probabilities] = heard.get(config.maxGainDb)!;
        const { started, ended } = segmentsOf(heardSound, probabilities!, config);
        const hours = noiseMs / 3_600_000;
        bench.report.add({
          identity: { 'no speech': noise, 'level, dB': levelDb, vad: name },
          n: probabilities!.length,
          values: [
            { metric: 'false starts', unit: 'an hour', value: started / hours },
            { metric: 'segments', unit: 'an hour', value: ended.length / hours },
          ],
        });
      }
    }
  }
  for (const engine of engines.values()) await engine.release();
}

function conditions(noises: Map<string, Float32Array>): Record<string, Condition> {
  const kitchen = noises.get('kitchen')!;
  const far = ({ sound, name }: Phrase, reverberationMs: number, directDb: number): Float32Array =>
    speakInRoom(sound, { reverberationMs, directDb, seed: name });
  const all: Record<string, Condition> = {
    clean: ({ sound }) => sound,
    '30 dB quieter': ({ sound }) => louder(sound, -30),
    '40 dB quieter': ({ sound }) => louder(sound, -40),
    'room 0.4 s': (phrase) => far(phrase, 400, 0),
    'room 0.7 s, 20 dB quieter': (phrase) => louder(far(phrase, 700, -3), -20),
    'room 0.5 s, kitchen 12 dB': (phrase) => mixNoise(far(phrase, 500, 0), kitchen, { snrDb: 12, seed: phrase.name }),
    'kitchen 12 dB, 30 dB quieter': ({ sound, name }) =>
      louder(mixNoise(sound, kitchen, { snrDb: 12, seed: name }), -30),
  };
  for (const name of ['kitchen', 'office-ambience', 'keyboard-typing', 'hold_music']) {
    for (const snrDb of snrsDb)
      all[`${name} ${snrDb} dB`] = ({ sound, name: seed }) => mixNoise(sound, noises.get(name)!, { snrDb, seed });
  }
  return all;
}

function silences(): Record<string, Float32Array> {
  const random = createRandom('hiss');
  return {
    'digital silence': new Float32Array(frameSamples),
    'hiss of -40 dBFS': Float32Array.from(
      { length: 10 * sampleRateHz },
      () => 0.01 * Math.sqrt(3) * (2 * random() - 1),
    ),
  };
}

/** Changes the level, rounded to the 16-bit steps of a microphone. */
function louder(samples: Float32Array, db: number): Float32Array {
  const gain = 10 ** (db / 20);
  return samples.map((sample) => Math.round(sample * gain * 32_768) / 32_768);
}

async function loadPhrases(clips: Clip[]): Promise<Phrase[]> {
  const phrases: Phrase[] = [];
  const around = msToSamples(aroundMs);
  // One after the other, because each file that is decoded at the same time needs a thread.
  for (const clip of clips) {
    const speech = await loadClip(clip);
    const start = speechStart(speech);
    if (start === undefined) continue;
    const sound = new Float32Array(around + speech.length + around);
    sound.set(speech, around);
    const before = speech.subarray(0, Math.max(0, start - msToSamples(100)));
    // Played forwards and backwards, because then there is no jump where it turns. A clip that begins with its speech
    // gets silence before it.
    if (before.length >= msToSamples(100))
      for (let at = 0; at < around; at++) {
        const turn = at % (2 * before.length);
        sound[around - 1 - at] = before[turn < before.length ? turn : 2 * before.length - 1 - turn]!;
      }
    phrases.push({ name: clip.name, sound, startSample: around + start });
  }
  return phrases;
}

/** Returns the probabilities of each sound, processed as a stream of its own. */
async function probabilitiesOf(engine: ModelRunner, sounds: Float32Array[]): Promise<number[][]> {
  const heard: number[][] = sounds.map(() => []);
  for (let start = 0; ; start += frameSamples) {
    const live = [...sounds.keys()].filter((id) => start + frameSamples <= sounds[id]!.length);
    if (live.length === 0) break;
    const samples = new Float32Array(live.length * frameSamples);
    live.forEach((id, row) => samples.set(sounds[id]!.subarray(start, start + frameSamples), row * frameSamples));
    const probabilities = await engine.run({ streams: Uint32Array.from(live), samples });
    live.forEach((id, row) => heard[id]!.push(probabilities[row]!));
  }
  for (const id of sounds.keys()) engine.forget(id);
  return heard;
}

function segmentsOf(
  sound: Float32Array,
  probabilities: number[],
  config: Config['vad'],
): { started: number; ended: Found[] } {
  const segmenter = new Segmenter(config);
  const events = probabilities.flatMap((probability, index) => {
    const startSample = index * frameSamples;
    return segmenter.push(
      { samples: sound.subarray(startSample, startSample + frameSamples), startSample },
      probability,
    );
  });
  events.push(...segmenter.flush());
  return {
    started: events.filter(({ type }) => type === 'start').length,
    ended: events.flatMap((event) => (event.type === 'segment' ? [event.segment] : [])),
  };
}

function reportStarts(
  { report }: Bench,
  identity: Record<string, string>,
  results: { phrase: Phrase; segments: Found[] }[],
): void {
  const firsts = results.map(({ phrase: { startSample }, segments }) => {
    const first = segments.find(({ endSample }) => endSample > startSample + msToSamples(leastHeardMs));
    return first && samplesToMs(startSample - first.startSample);
  });
  const whole = firsts.filter((beforeMs) => beforeMs !== undefined && beforeMs >= -toleranceMs);
  const frontsMs = whole.map((beforeMs) => Math.max(0, beforeMs!));
  report.add({
    identity,
    n: results.length,
    values: [
      { metric: 'first word heard', unit: '%', value: (100 * whole.length) / results.length },
      {
        metric: 'not noticed',
        unit: '%',
        value: (100 * firsts.filter((beforeMs) => beforeMs === undefined).length) / results.length,
      },
      { metric: 'audio in front p50', unit: 'ms', value: median(frontsMs) },
      { metric: 'audio in front p95', unit: 'ms', value: percentile(frontsMs, 0.95) },
    ],
  });
}
