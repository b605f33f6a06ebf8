// How soon and how rightly the end of speech is found, for each engine and wait, whether its start is, and what a frame
// costs.
import { Framer } from '../src/audio/index.ts';
import { defaultConfig, type Config } from '../src/config/index.ts';
import { HeedError } from '../src/errors.ts';
import { createModelRunner } from '../src/vad/model-runner.ts';
import { readModel, type EngineName } from '../src/vad/model-file.ts';
import { createVad, Segmenter, type Vad } from '../src/vad/index.ts';
import { frameSamples, msToSamples, samplesToMs, type AudioFrame } from '../src/types.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { loadClip, type Clip } from './lib/manifest.ts';
import { mixNoise } from './lib/noise.ts';
import { createRandom } from './lib/random.ts';
import { speechBounds } from './lib/speech-end.ts';
import { median, percentile } from './lib/statistics.ts';
import { benchStarts } from './lib/vad-starts.ts';

const engines: EngineName[] = ['vad-node', 'silero-v5', 'silero-v6'];
const packageThresholds = { positiveThreshold: 0.5, negativeThreshold: 0.35 };
const ownThresholds = {
  positiveThreshold: defaultConfig.vad.positiveThreshold,
  negativeThreshold: defaultConfig.vad.negativeThreshold,
};
/** vad-node's frame processor is bound to the thresholds it was tuned for. */
const variants: Partial<Config['vad']>[] = [
  { engine: 'vad-node', ...packageThresholds },
  { engine: 'silero-v5', ...packageThresholds },
  { engine: 'silero-v6', ...packageThresholds },
  { engine: 'silero-v5', ...ownThresholds },
  { engine: 'silero-v6', ...ownThresholds },
];
const waitsMs = [...new Set([256, 384, 416, 512, 768, defaultConfig.vad.redemptionMs])].sort((a, b) => a - b);
const snrsDb = [12, 6];
/** Silence after each clip, so that the longest wait comes to its end. */
const tailMs = 1_500;
const clipsAtOnce = 16;

/** How a clip is changed before it is heard. */
interface Condition {
  name: string;
  apply: (audio: Float32Array, clip: Clip) => Float32Array;
}

/** A clip as the engines hear it. */
interface HeardClip {
  set: string;
  condition: string;
  endSample: number;
  frames: number;
  probabilities: Partial<Record<EngineName, number[]>>;
}

const clean: Condition = { name: 'clean', apply: (audio) => audio };
const quiet: Condition = { name: '30 dB quieter', apply: (audio) => audio.map((sample) => sample * 10 ** (-30 / 20)) };

type Ears = { engine: EngineName; vad: Vad }[];

const parts: Record<string, (bench: Bench) => Promise<void>> = {
  ends: (bench) =>
    withEars(async (ears) => {
      const conditions = [clean, ...(await noises(bench))];
      for (const set of ['s2i-barista', 'speech-to-phrase-tts']) {
        for (const condition of conditions) {
          const heard = await hearAll(bench, bench.clips(set), { ears, condition });
          for (const redemptionMs of waitsMs)
            for (const variant of variants)
              reportEnds(bench, heard, { ...defaultConfig.vad, ...variant, redemptionMs });
        }
      }
    }),
  missed: (bench) =>
    withEars(async (ears) => {
      for (const condition of [clean, ...(await noises(bench)), quiet]) {
        const heard = await hearAll(bench, bench.clips('wakeword'), { ears, condition });
        for (const variant of variants) reportMissed(bench, heard, { ...defaultConfig.vad, ...variant });
      }
    }),
  noise: (bench) =>
    withEars(async (ears) => {
      for (const clip of [...bench.clips('noise-kitchen'), ...bench.clips('noise')])
        await reportFalseAlarms(bench, clip, ears);
    }),
  starts: benchStarts,
  cost: async (bench) => {
    for (const engine of engines) await reportCost(bench, engine);
  },
};

await runBench(
  'vad',
  async (bench) => {
    const { part } = bench.options;
    const chosen = typeof part === 'string' ? parts[part] : undefined;
    if (part !== undefined && !chosen)
      throw new HeedError('bad-config', `--part takes one of ${Object.keys(parts).join(', ')}, ${String(part)} came.`);
    for (const run of chosen ? [chosen] : Object.values(parts)) await run(bench);
  },
  { part: { type: 'string' } },
);

async function withEars(work: (ears: Ears) => Promise<void>): Promise<void> {
  const ears = await Promise.all(
    engines.map(async (engine) => ({
      engine,
      vad: await createVad({ ...defaultConfig.vad, ...packageThresholds, engine }),
    })),
  );
  await work(ears);
  for (const { vad } of ears) await vad.close();
}

async function noises(bench: Bench): Promise<Condition[]> {
  const kitchen = await loadClip(bench.clips('noise-kitchen')[0]!);
  return snrsDb.map((snrDb) => ({
    name: `kitchen ${snrDb} dB`,
    apply: (audio, { name }) => mixNoise(audio, kitchen, { snrDb, seed: name }),
  }));
}

async function hearAll(
  bench: Bench,
  clips: Clip[],
  { ears, condition }: { ears: Ears; condition: Condition },
): Promise<HeardClip[]> {
  const heard: HeardClip[] = [];
  for (let start = 0; start < clips.length; start += clipsAtOnce) {
    bench.progress(`${clips[0]!.set}, ${condition.name}: ${start} of ${clips.length} clips`);
    const group: (HeardClip & { audio: AudioFrame[] })[] = [];
    // One after the other: files that are decoded side by side need a thread each.
    for (const clip of clips.slice(start, start + clipsAtOnce)) {
      const speech = await loadClip(clip);
      const bounds = speechBounds(speech);
      if (!bounds) continue;
      const padded = new Float32Array(speech.length + msToSamples(tailMs));
      padded.set(speech);
      const audio = new Framer().push(condition.apply(padded, clip));
      group.push({
        set: clip.set,
        condition: condition.name,
        endSample: bounds.endSample,
        frames: audio.length,
        audio,
        probabilities: {},
      });
    }
    for (const { engine, vad } of ears) {
      await Promise.all(
        group.map(async (clip) => {
          clip.probabilities[engine] = await probabilitiesOf(vad, clip.audio);
        }),
      );
    }
    for (const { audio: _audio, ...clip } of group) heard.push(clip);
  }
  return heard;
}

async function probabilitiesOf(vad: Vad, frames: AudioFrame[]): Promise<number[]> {
  const stream = vad.openStream();
  const probabilities: number[] = [];
  for (const frame of frames) probabilities.push(await stream.probability(frame));
  stream.close();
  return probabilities;
}

/** When the ends of segments were declared, samples. */
function replay(probabilities: number[], config: Config['vad']): number[] {
  const segmenter = new Segmenter(config);
  const samples = new Float32Array(frameSamples);
  return probabilities.flatMap((probability, index) =>
    segmenter
      .push({ samples, startSample: index * frameSamples }, probability)
      .flatMap(({ type }) => (type === 'segment' ? [(index + 1) * frameSamples] : [])),
  );
}

function thresholds({ positiveThreshold, negativeThreshold }: Config['vad']): string {
  return `${positiveThreshold} / ${negativeThreshold}`;
}

function reportEnds({ report }: Bench, clips: HeardClip[], config: Config['vad']): void {
  const ends = clips.map(({ probabilities, endSample }) =>
    replay(probabilities[config.engine]!, config).map((declared) => samplesToMs(declared - endSample)),
  );
  const delaysMs = ends.flatMap((delays) => delays.find((delay) => delay >= 0) ?? []);
  const early = ends.filter((delays) => delays.some((delay) => delay < 0)).length;
  const [first] = clips;
  report.add({
    identity: {
      set: first!.set,
      condition: first!.condition,
      'wait, ms': config.redemptionMs,
      engine: config.engine,
      thresholds: thresholds(config),
    },
    n: clips.length,
    values: [
      { metric: 'cut early', unit: '%', value: (100 * early) / clips.length },
      { metric: 'delay p50', unit: 'ms', value: median(delaysMs) },
      { metric: 'delay p95', unit: 'ms', value: percentile(delaysMs, 0.95) },
      { metric: 'no end', unit: '%', value: 100 * (1 - delaysMs.length / clips.length) },
    ],
  });
}

function reportMissed({ report }: Bench, clips: HeardClip[], config: Config['vad']): void {
  const missed = clips.filter(({ probabilities }) => replay(probabilities[config.engine]!, config).length === 0).length;
  const [first] = clips;
  report.add({
    identity: { set: first!.set, condition: first!.condition, engine: config.engine, thresholds: thresholds(config) },
    n: clips.length,
    values: [{ metric: 'missed', unit: '%', value: (100 * missed) / clips.length }],
  });
}

async function reportFalseAlarms({ report }: Bench, clip: Clip, ears: Ears): Promise<void> {
  const frames = new Framer().push(await loadClip(clip));
  const minutes = samplesToMs(frames.length * frameSamples) / 60_000;
  for (const { engine, vad } of ears) {
    const probabilities = await probabilitiesOf(vad, frames);
    for (const variant of variants.filter((one) => one.engine === engine)) {
      const config = { ...defaultConfig.vad, ...variant };
      report.add({
        identity: { 'no speech': clip.name, engine, thresholds: thresholds(config) },
        n: frames.length,
        values: [{ metric: 'segments', unit: 'a minute', value: replay(probabilities, config).length / minutes }],
      });
    }
  }
}

/** The processor's time for a frame, in this thread: unlike the time on the clock it hardly knows of other programs. */
async function reportCost({ report }: Bench, name: EngineName): Promise<void> {
  const engine = await createModelRunner(name, readModel(name), {
    ...packageThresholds,
    maxGainDb: defaultConfig.vad.maxGainDb,
  });
  const random = createRandom(name);
  for (const streams of [1, 8, 16, 64]) {
    const batch = {
      streams: Uint32Array.from({ length: streams }, (_, id) => id),
      samples: Float32Array.from({ length: streams * frameSamples }, () => random() - 0.5),
    };
    const rounds = Math.ceil(192 / streams) * 3;
    const stretchesUs: number[] = [];
    for (let stretch = 0; stretch < 21; stretch++) {
      const before = process.cpuUsage();
      for (let round = 0; round < rounds; round++) await engine.run(batch);
      const { user, system } = process.cpuUsage(before);
      stretchesUs.push((user + system) / (rounds * streams));
    }
    report.add({
      identity: { engine: name, 'streams at once': streams },
      n: rounds * streams * 20,
      values: [{ metric: 'cost of a frame', unit: 'µs', value: median(stretchesUs.slice(1)) }],
    });
  }
  await engine.release();
}
