// What a reading costs by stage: with 10, 100 and 1,000 commands, and held to a grammar against free, in turn on the
// same clips. One reader.
import { defaultConfig, loadConfig } from '../src/config/index.ts';
import { compileGrammar, type Grammar, type GrammarCommand } from '../src/grammar/index.ts';
import { Matcher, understandTranscript } from '../src/match/index.ts';
import { ensureModel } from '../src/models/index.ts';
import { createTranscriber, type Transcriber } from '../src/transcribe/index.ts';
import type { Transcript } from '../src/types.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { loadClip, type Clip } from './lib/manifest.ts';
import { commandOf } from './lib/many-commands.ts';
import { mixNoise } from './lib/noise.ts';
import { loadCommands } from './lib/recogniser.ts';
import { median, percentile } from './lib/statistics.ts';

const commandCounts = [10, 100, 1_000];
const snrDb = 12;
const defaultLimit = 30;

/** Clips and the grammars that each of them is held to, one after the other. */
interface Comparison {
  transcriber: Transcriber;
  clips: Clip[];
  load: (clip: Clip) => Promise<Float32Array>;
  grammars: readonly Grammar[];
}

/** One clip, read freely and with each grammar. */
interface Readings {
  free: Reading;
  held: (Reading & { matchMs: number })[];
}

interface Reading {
  transcript: Transcript;
  /** The processor's time, in all threads: unlike the time on the clock it hardly knows of other programs. */
  cpuMs: number;
}

await runBench(
  'cost',
  async (bench) => {
    const { options, clips } = bench;
    const config = loadConfig({ env: {} });
    const model = typeof options['model'] === 'string' ? options['model'] : defaultConfig.transcribe.model;
    const transcriber = await createTranscriber(
      { ...config.transcribe, model, engine: 'in-process', workers: 1 },
      await ensureModel(model, config.models),
    );
    try {
      const limit = bench.limit ?? defaultLimit;
      await benchCounts(bench, {
        transcriber,
        clips: clips('speech-to-phrase-tts').slice(0, limit),
        load: loadClip,
        grammars: await manyGrammars(),
      });
      const coffee = compileGrammar(await loadCommands('coffee'), { language: 'en' }).grammar;
      const kitchen = await loadClip(clips('noise-kitchen')[0]!);
      const orders = { transcriber, clips: clips('s2i-barista').slice(0, limit), grammars: [coffee] };
      await benchExtra(bench, 'none', { ...orders, load: loadClip });
      await benchExtra(bench, `kitchen ${snrDb} dB`, {
        ...orders,
        load: async (clip) => mixNoise(await loadClip(clip), kitchen, { snrDb, seed: clip.name }),
      });
    } finally {
      await transcriber.close();
    }
  },
  { model: { type: 'string' } },
);

/** The home commands first, then made-up ones until there are enough. */
async function manyGrammars(): Promise<Grammar[]> {
  const home: GrammarCommand[] = [...(await loadCommands('home'))];
  return commandCounts.map((count) => {
    const made = Array.from({ length: Math.max(0, count - home.length) }, (_, i) => commandOf(i));
    return compileGrammar([...home.slice(0, count), ...made], { language: 'en' }).grammar;
  });
}

async function benchCounts({ report, progress }: Bench, comparison: Comparison): Promise<void> {
  const readings = await readAll(comparison, progress);
  const model = comparison.transcriber.info.model;
  for (const [index, commands] of commandCounts.entries()) {
    const held = readings.map(({ held }) => held[index]!);
    const stage = (name: string): number[] => held.map(({ transcript }) => transcript.stageMs?.[name] ?? NaN);
    const freeMs = readings.map(({ free }) => free.transcript.stageMs?.['decode'] ?? NaN);
    const stages: Record<string, number[]> = {
      mel: stage('mel'),
      encode: stage('encode'),
      'free decode': freeMs,
      // Both readings are one stage of the engine; the free one is known from the reading without commands.
      constrained: stage('decode').map((ms, clip) => ms - freeMs[clip]!),
      words: stage('words'),
      match: held.map(({ matchMs }) => matchMs),
      'whole reading': held.map(({ transcript }) => transcript.inferenceMs),
      'whole, processor': held.map(({ cpuMs }) => cpuMs),
    };
    for (const [name, ms] of Object.entries(stages)) {
      report.add({
        identity: { model, commands, stage: name },
        n: ms.length,
        values: [
          { metric: 'p50', value: median(ms), unit: 'ms' },
          { metric: 'p95', value: percentile(ms, 0.95), unit: 'ms' },
        ],
      });
    }
  }
}

async function benchExtra({ report, progress }: Bench, noise: string, comparison: Comparison): Promise<void> {
  const readings = await readAll(comparison, progress);
  const freeMs = readings.map(({ free }) => free.transcript.inferenceMs);
  const heldMs = readings.map(({ held }) => held[0]!.transcript.inferenceMs);
  const extra = readings.map((_, clip) => 100 * (heldMs[clip]! / freeMs[clip]! - 1));
  const extraCpu = readings.map(({ free, held }) => 100 * (held[0]!.cpuMs / free.cpuMs - 1));
  report.add({
    identity: { model: comparison.transcriber.info.model, set: 's2i-barista', noise },
    n: readings.length,
    values: [
      { metric: 'free reading p50', value: median(freeMs), unit: 'ms' },
      { metric: 'both readings p50', value: median(heldMs), unit: 'ms' },
      { metric: 'extra of p50', value: 100 * (median(heldMs) / median(freeMs) - 1), unit: '%' },
      { metric: 'extra of a clip p50', value: median(extra), unit: '%' },
      { metric: 'extra of a clip p95', value: percentile(extra, 0.95), unit: '%' },
      { metric: 'free processor p50', value: median(readings.map(({ free }) => free.cpuMs)), unit: 'ms' },
      { metric: 'extra processor p50', value: median(extraCpu), unit: '%' },
      { metric: 'extra processor p95', value: percentile(extraCpu, 0.95), unit: '%' },
    ],
  });
}

async function readAll(
  { transcriber, clips, load, grammars }: Comparison,
  progress: Bench['progress'],
): Promise<Readings[]> {
  const matchers = grammars.map((grammar) => new Matcher(grammar, defaultConfig.match));
  const results: Readings[] = [];
  for (const [index, clip] of clips.entries()) {
    if (index % 10 === 0) progress(`${clip.set}: ${index} of ${clips.length}`);
    const samples = await load(clip);
    // Whatever comes first pays for what the engine keeps of a grammar.
    if (index === 0) for (const grammar of grammars) await read(transcriber, samples, grammar);
    const free = await read(transcriber, samples);
    const held: Readings['held'] = [];
    for (const [n, grammar] of grammars.entries()) {
      const reading = await read(transcriber, samples, grammar);
      const startMs = performance.now();
      understandTranscript(matchers[n]!, reading.transcript);
      held.push({ ...reading, matchMs: performance.now() - startMs });
    }
    results.push({ free, held });
  }
  return results;
}

/** As a session reads a whole segment. */
async function read(transcriber: Transcriber, samples: Float32Array, grammar?: Grammar): Promise<Reading> {
  const audio = transcriber.open('bench');
  try {
    const before = process.cpuUsage();
    audio.append(samples);
    const transcript = await audio.read({
      segmentId: 'bench',
      priority: 'final',
      language: 'en',
      words: true,
      ...(grammar ? { grammar: grammar.graph } : {}),
    });
    const { user, system } = process.cpuUsage(before);
    return { transcript, cpuMs: (user + system) / 1000 };
  } finally {
    audio.close();
  }
}
