// Who speaks when, and who it is. `errors`: the diarization error rate of streams at several latencies, and the time it
// takes; with --diart PYTHON beside diart itself with the same two models, whose files --segmentation and --embedding
// name (bench/speakers/diart_reference.py). `voices`: how well a voice is known again
// (bench/speakers/verification.ts). `known`: a few known people among strangers (bench/speakers/known.ts). `offline`:
// whole recordings (bench/speakers/offline.ts). `noise`: both in noise (bench/speakers/noisy.ts). `delay`: how much
// later a command ends for which voices matter. `cost`: the processor time of a live stream
// (bench/speakers/stream-cost.ts).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { decodeWholeFile } from '../src/audio/decode-file.ts';
import { defaultConfig } from '../src/config/index.ts';
import { HeedError } from '../src/errors.ts';
import { loadVoiceModels, optionsOf, StreamDiarizer, type NativeModels } from '../src/speakers/index.ts';
import { msToSamples, sampleRateHz } from '../src/types.ts';
import { createVad } from '../src/vad/index.ts';
import { repositoryDir } from './lib/arguments.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { diarizationErrors, errorRate, type ScoredParts } from './lib/diarization-error.ts';
import { known } from './speakers/known.ts';
import { noisy } from './speakers/noisy.ts';
import { offline, type OfflineRecording } from './speakers/offline.ts';
import { mayBeSpeech } from './lib/may-be-speech.ts';
import { readRttm, type Turn } from './lib/rttm.ts';
import { ruleDelay } from './speakers/rule-delay.ts';
import { streamCost } from './speakers/stream-cost.ts';
import { verification } from './speakers/verification.ts';

const latenciesSeconds = [0.5, 1, 2, 5];
const sets = ['ami-debug', 'ami-sample'];

/** A recording, and who speaks when. */
interface Recording {
  set: string;
  name: string;
  path: string;
  samples: Float32Array;
  turns: readonly Turn[];
}

/** The turns of each recording, by its name, and the processor time for a second of sound. */
interface Result {
  turns: Map<string, Turn[]>;
  processorSeconds: number;
}

const parts: Record<string, (bench: Bench, models: NativeModels) => Promise<void>> = {
  known,

  async errors(bench, models) {
    const { options, report, progress } = bench;
    const recordings = await readAll(bench);
    const own = await diarize(models, recordings);
    for (const latency of latenciesSeconds) {
      add('heed', latency, own.get(latency)!);
      if (typeof options['diart'] === 'string') add('diart', latency, runDiart(options, recordings, latency));
      progress(`${latency} s`);
    }

    function add(engine: string, latency: number, { turns, processorSeconds }: Result): void {
      const rate = (scored: ScoredParts, set?: string): number => {
        const errors = recordings
          .filter((recording) => set === undefined || recording.set === set)
          .map(({ name, turns: right, samples }) =>
            diarizationErrors(right, turns.get(name) ?? [], {
              ...scored,
              extent: { startSeconds: 0, endSeconds: samples.length / sampleRateHz },
            }),
          );
        return 100 * errorRate(errors);
      };
      report.add({
        identity: { engine, 'latency s': latency },
        n: recordings.length,
        values: [
          { metric: 'error rate', value: rate({}), unit: '%' },
          ...sets.map((set) => ({ metric: set, value: rate({}, set), unit: '%' })),
          { metric: 'lenient', value: rate({ collarSeconds: 0.5, skipOverlap: true }), unit: '%' },
          { metric: 'processor', value: 1000 * processorSeconds, unit: 'ms/s' },
        ],
      });
    }
  },

  async offline(bench, models) {
    const { diart } = bench.options;
    const own =
      typeof diart === 'string' ? (all: readonly OfflineRecording[]) => runDiart(bench.options, all, 5) : undefined;
    const live = liveWith(models);
    await offline(bench, models, await readAll(bench), { live, ...(own ? { diart: own } : {}) });
  },

  async noise(bench, models) {
    await noisy(bench, models, await readAll(bench), liveWith(models));
  },

  voices: (bench, { encoder }) => verification(bench, encoder),

  delay: (bench) => ruleDelay(bench),

  async cost(bench, models) {
    const meeting = (await readAll(bench)).map(({ samples }) => samples);
    await streamCost(bench, models, meeting);
  },
};

await runBench(
  'speakers',
  async (bench) => {
    const { part } = bench.options;
    const wanted = typeof part === 'string' ? [part] : Object.keys(parts);
    const models = await loadVoiceModels(defaultConfig.models);
    for (const name of wanted) {
      const run = parts[name];
      if (!run) throw new HeedError('bad-config', `--part takes ${Object.keys(parts).join(' or ')}; "${name}" came.`);
      await run(bench, models);
    }
  },
  {
    part: { type: 'string' },
    diart: { type: 'string' },
    segmentation: { type: 'string' },
    embedding: { type: 'string' },
    whisperx: { type: 'string' },
  },
);

async function readAll({ dataDir }: Bench): Promise<Recording[]> {
  return (await Promise.all(sets.map((set) => readRecordings(join(dataDir, set), set)))).flat();
}

async function readRecordings(folder: string, set: string): Promise<Recording[]> {
  const files = readdirSync(folder);
  const turns = new Map(
    files
      .filter((file) => file.endsWith('.rttm'))
      .flatMap((file) => [...readRttm(readFileSync(join(folder, file), 'utf8'))]),
  );
  const waves = files.filter((file) => file.endsWith('.wav')).sort();
  return Promise.all(
    waves.map(async (file) => {
      const [name, path] = [basename(file, '.wav'), join(folder, file)];
      return { set, name, path, samples: await decodeWholeFile(readFileSync(path)), turns: turns.get(name) ?? [] };
    }),
  );
}

/** What is known of recordings as streams at a latency of 5 s. */
function liveWith(models: NativeModels): (recordings: readonly OfflineRecording[]) => Promise<Result> {
  return async (recordings) => (await diarize(models, recordings)).get(5)!;
}

/** Takes each recording as a stream once: what was known at each latency is read while it goes on. */
async function diarize(models: NativeModels, recordings: readonly OfflineRecording[]): Promise<Map<number, Result>> {
  const options = optionsOf(defaultConfig.speakers);
  const { stepSeconds, durationSeconds } = options;
  const turns = new Map(latenciesSeconds.map((latency) => [latency, new Map<string, Turn[]>()]));
  let [seconds, processorSeconds] = [0, 0];
  const vad = await createVad(defaultConfig.vad);
  for (const { name, samples } of recordings) {
    const hasSpeech = await mayBeSpeech(samples, vad);
    const started = process.cpuUsage();
    const diarizer = new StreamDiarizer(models, options);
    const doneUntil = new Map(latenciesSeconds.map((latency) => [latency, 0]));
    const take = (latency: number, until: number): void => {
      const from = doneUntil.get(latency)!;
      if (until <= from) return;
      doneUntil.set(latency, until);
      const own = turns.get(latency)!;
      const found = diarizer.turns(from, until).map(({ speaker, start, end }) => ({
        startSeconds: start,
        endSeconds: end,
        speaker: `speaker${speaker + 1}`,
      }));
      own.set(name, [...(own.get(name) ?? []), ...found]);
    };
    const stepSamples = msToSamples(1000 * stepSeconds);
    for (let from = 0; from < samples.length; from += stepSamples)
      // As in diart, nothing is said before the first whole window.
      for (const { end } of diarizer.push(samples.subarray(from, from + stepSamples), {
        hasSpeech: hasSpeech(from, from + stepSamples),
      }))
        if (end >= durationSeconds) for (const latency of latenciesSeconds) take(latency, end - latency + stepSeconds);
    const total = samples.length / sampleRateHz;
    diarizer.who(0, total);
    for (const latency of latenciesSeconds) take(latency, total);
    seconds += total;
    const { user, system } = process.cpuUsage(started);
    processorSeconds += (user + system) / 1e6;
  }
  await vad.close();
  return new Map(
    [...turns].map(([latency, own]) => [latency, { turns: own, processorSeconds: processorSeconds / seconds }]),
  );
}

function runDiart(options: Bench['options'], recordings: readonly Pick<Recording, 'path'>[], latency: number): Result {
  const { diart, segmentation, embedding } = options;
  if (typeof segmentation !== 'string' || typeof embedding !== 'string')
    throw new HeedError('bad-config', '--diart needs --segmentation FILE and --embedding FILE, as PyTorch has them.');
  const rttm = join(mkdtempSync(join(tmpdir(), 'heed-diart-')), 'out.rttm');
  const script = join(repositoryDir, 'bench/speakers/diart_reference.py');
  const own = ['--segmentation', segmentation, '--embedding', embedding, '--rttm', rttm, '--latency', String(latency)];
  const output = execFileSync(diart as string, [script, ...own, ...recordings.map(({ path }) => path)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const cost = JSON.parse(output.trim().split('\n').at(-1)!) as Record<string, number>;
  return { turns: readRttm(readFileSync(rttm, 'utf8')), processorSeconds: cost['cpuSeconds']! / cost['seconds']! };
}
