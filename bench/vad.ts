// How soon and how rightly the end of speech is found, for each engine and wait, and what a frame costs.
import { Framer } from '../src/audio/index.ts';
import { defaultConfig, type Config } from '../src/config.ts';
import { createEngine } from '../src/vad/engine.ts';
import { readModel, type EngineName } from '../src/vad/model-file.ts';
import { createVad, Segmenter, type Vad } from '../src/vad/index.ts';
import { frameSamples, msToSamples, samplesToMs, type AudioFrame } from '../src/types.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { loadClip, type Clip } from './lib/manifest.ts';
import { mixNoise } from './lib/noise.ts';
import { createRandom } from './lib/random.ts';
import { speechBounds } from './lib/speech-end.ts';
import { median, percentile } from './lib/statistics.ts';

const engines: EngineName[] = ['vad-node', 'silero-v5', 'silero-v6'];
const sets = ['s2i-barista', 'speech-to-phrase-tts'];
const waitsMs = [...new Set([256, 384, 512, 768, defaultConfig.vad.redemptionMs])].sort((a, b) => a - b);
const snrDb = 12;
/** Silence after each clip, so that the longest wait comes to its end. */
const tailMs = 1_500;
const clipsAtOnce = 16;

/** A clip as the engines hear it. */
interface HeardClip {
  set: string;
  noise: string;
  endSample: number;
  frames: AudioFrame[];
  probabilities: Record<string, number[]>;
}

await runBench('vad', async (bench) => {
  const vad: Config['vad'] = { ...defaultConfig.vad, ...thresholds(bench) };
  const vads = await Promise.all(engines.map(async (engine) => ({ engine, vad: await createVad({ ...vad, engine }) })));
  const kitchen = await loadClip(bench.clips('noise-kitchen')[0]!);
  for (const set of sets) {
    for (const noise of ['none', `kitchen ${snrDb} dB`]) {
      const heard = await hearAll(bench.clips(set), { bench, vads, noise, ...(noise === 'none' ? {} : { kitchen }) });
      for (const waitMs of waitsMs) {
        for (const engine of engines) reportEnds(bench, heard, { ...vad, engine, redemptionMs: waitMs });
      }
    }
  }
  for (const clip of [...bench.clips('noise-kitchen'), ...bench.clips('noise')]) await reportFalseAlarms(bench, clip, { vads, config: vad });
  for (const { vad: open } of vads) await open.close();
  for (const engine of engines) await reportCost(bench, engine);
}, { positive: { type: 'string' }, negative: { type: 'string' } });

function thresholds({ options }: Bench): Partial<Config['vad']> {
  return {
    ...(typeof options['positive'] === 'string' ? { positiveThreshold: Number(options['positive']) } : {}),
    ...(typeof options['negative'] === 'string' ? { negativeThreshold: Number(options['negative']) } : {}),
  };
}

interface HearOptions {
  bench: Bench;
  vads: { engine: EngineName; vad: Vad }[];
  noise: string;
  kitchen?: Float32Array;
}

async function hearAll(clips: Clip[], { bench, vads, noise, kitchen }: HearOptions): Promise<HeardClip[]> {
  const heard: HeardClip[] = [];
  for (let start = 0; start < clips.length; start += clipsAtOnce) {
    bench.progress(`${clips[0]!.set}, noise ${noise}: ${start} of ${clips.length} clips`);
    const group = await Promise.all(clips.slice(start, start + clipsAtOnce).map(async (clip) => {
      const speech = await loadClip(clip);
      const bounds = speechBounds(speech);
      if (!bounds) return [];
      const padded = new Float32Array(speech.length + msToSamples(tailMs));
      padded.set(speech);
      const audio = kitchen ? mixNoise(padded, kitchen, { snrDb, seed: clip.name }) : padded;
      return [{ set: clip.set, noise, endSample: bounds.endSample, frames: new Framer().push(audio), probabilities: {} }];
    }));
    for (const { engine, vad } of vads) {
      await Promise.all(group.flat().map(async (clip: HeardClip) => { clip.probabilities[engine] = await probabilitiesOf(vad, clip.frames); }));
    }
    // The audio is not needed any more, and all of it would be gigabytes.
    const silence = new Float32Array(frameSamples);
    for (const clip of group.flat()) heard.push({ ...clip, frames: clip.frames.map(({ startSample }) => ({ startSample, samples: silence })) });
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
function replay(frames: AudioFrame[], probabilities: number[], config: Config['vad']): number[] {
  const segmenter = new Segmenter(config);
  return frames.flatMap((frame, index) => segmenter.push(frame, probabilities[index]!)
    .flatMap(({ type }) => (type === 'segment' ? [frame.startSample + frameSamples] : [])));
}

function reportEnds({ report }: Bench, clips: HeardClip[], config: Config['vad']): void {
  const ends = clips.map((clip) => replay(clip.frames, clip.probabilities[config.engine]!, config).map((declared) => samplesToMs(declared - clip.endSample)));
  const delaysMs = ends.flatMap((delays) => delays.find((delay) => delay >= 0) ?? []);
  const early = ends.filter((delays) => delays.some((delay) => delay < 0)).length;
  const [first] = clips;
  report.add({
    identity: { set: first!.set, noise: first!.noise, 'wait, ms': config.redemptionMs, engine: config.engine },
    n: clips.length,
    values: [
      { metric: 'cut early', unit: '%', value: (100 * early) / clips.length },
      { metric: 'delay p50', unit: 'ms', value: median(delaysMs) },
      { metric: 'delay p95', unit: 'ms', value: percentile(delaysMs, 0.95) },
      { metric: 'no end', unit: '%', value: 100 * (1 - delaysMs.length / clips.length) },
    ],
  });
}

async function reportFalseAlarms({ report }: Bench, clip: Clip, { vads, config }: { vads: HearOptions['vads']; config: Config['vad'] }): Promise<void> {
  const frames = new Framer().push(await loadClip(clip));
  const minutes = samplesToMs(frames.length * frameSamples) / 60_000;
  for (const { engine, vad } of vads) {
    const segments = replay(frames, await probabilitiesOf(vad, frames), { ...config, engine });
    report.add({ identity: { 'no speech': clip.name, engine }, n: frames.length, values: [{ metric: 'segments', unit: 'a minute', value: segments.length / minutes }] });
  }
}

/** The processor's time for a frame, in this thread: unlike the time on the clock it hardly knows of other programs. */
async function reportCost({ report }: Bench, name: EngineName): Promise<void> {
  const engine = await createEngine(name, readModel(name), defaultConfig.vad);
  const random = createRandom(name);
  for (const streams of [1, 8, 16, 64]) {
    const batch = { streams: Uint32Array.from({ length: streams }, (_, id) => id), samples: Float32Array.from({ length: streams * frameSamples }, () => random() - 0.5) };
    const rounds = Math.ceil(192 / streams) * 3;
    const stretchesUs: number[] = [];
    for (let stretch = 0; stretch < 21; stretch++) {
      const before = process.cpuUsage();
      for (let round = 0; round < rounds; round++) await engine.hear(batch);
      const { user, system } = process.cpuUsage(before);
      stretchesUs.push((user + system) / (rounds * streams));
    }
    report.add({ identity: { engine: name, 'streams at once': streams }, n: rounds * streams * 20, values: [{ metric: 'cost of a frame', unit: 'µs', value: median(stretchesUs.slice(1)) }] });
  }
  await engine.release();
}
