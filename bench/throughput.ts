// Short utterances a second when there is always a next one, and how long one takes at 70 % of that: heed's transcriber
// against whisper-server with the same model on the same clips, and how alike their words are.
import { availableParallelism } from 'node:os';
import { loadConfig } from '../src/config/index.ts';
import { ensureModel } from '../src/models/index.ts';
import { createTranscriber } from '../src/transcribe/index.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { delay } from './lib/live.ts';
import { loadClip } from './lib/manifest.ts';
import { WhisperServer } from './lib/peers.ts';
import { createRandom } from './lib/random.ts';
import { median, percentile } from './lib/statistics.ts';
import { comparedWords, wordErrors } from './lib/word-errors.ts';

const sets = ['s2i-barista', 'speech-to-phrase-tts'];
const defaultLimit = 30;
const loadShare = 0.7;

interface Utterance {
  samples: Float32Array;
  /** What was said, where it is known. */
  spoken?: string;
}

/** Something that turns utterances into text. */
interface Contender {
  name: string;
  /** Utterances it is given at a time, so that it is never idle. */
  atOnce: number;
  read: (samples: Float32Array) => Promise<string>;
  close: () => Promise<void>;
}

await runBench(
  'throughput',
  async (bench) => {
    const { options, clips, limit = defaultLimit } = bench;
    const config = loadConfig({
      env: {},
      ...(typeof options['model'] === 'string' ? { overrides: { transcribe: { model: options['model'] } } } : {}),
    });
    const modelPath = await ensureModel(config.transcribe.model, config.models);
    const utterances: Utterance[] = [];
    for (const set of sets) {
      for (const clip of clips(set).slice(0, limit))
        utterances.push({
          samples: await loadClip(clip),
          ...(set === 'speech-to-phrase-tts' ? { spoken: clip.label } : {}),
        });
    }
    const contenders = [
      () => openHeed(config.transcribe, modelPath),
      ...(options['peer'] === true
        ? [
            () => openServers(modelPath, { servers: 1, threads: availableParallelism() }),
            () => openServers(modelPath, { servers: availableParallelism(), threads: 1 }),
          ]
        : []),
    ];
    let own: string[] | undefined;
    for (const open of contenders) {
      const contender = await open();
      try {
        own = await benchOne(bench, { contender, utterances, model: config.transcribe.model, own });
      } finally {
        await contender.close();
      }
    }
  },
  { model: { type: 'string' }, peer: { type: 'boolean' } },
);

async function openHeed(config: Parameters<typeof createTranscriber>[0], modelPath: string): Promise<Contender> {
  // Nobody is turned away here: how long it takes is the question.
  const transcriber = await createTranscriber({ ...config, maxQueue: 10_000, maxFinalWaitMs: 600_000 }, modelPath);
  return {
    name: `heed, ${transcriber.info.workers} workers`,
    atOnce: 2 * transcriber.info.workers,
    read: async (samples) => {
      const audio = transcriber.open('bench');
      try {
        audio.append(samples);
        return (await audio.read({ segmentId: 'bench', priority: 'final', language: 'en' })).text;
      } finally {
        audio.close();
      }
    },
    close: () => transcriber.close(),
  };
}

/** One server with all cores, or several with one each: whichever is better for it. */
async function openServers(
  modelPath: string,
  { servers: count, threads }: { servers: number; threads: number },
): Promise<Contender> {
  const servers: WhisperServer[] = [];
  for (let n = 0; n < count; n++) servers.push(await WhisperServer.start({ modelPath, threads }));
  // A server does one after the other; an utterance goes to one with the fewest.
  const waiting = servers.map(() => 0);
  return {
    name: `${count} whisper-server, ${threads} threads`,
    atOnce: 2 * count,
    read: async (samples) => {
      const at = waiting.indexOf(Math.min(...waiting));
      waiting[at]!++;
      try {
        return await servers[at]!.transcribe(samples);
      } finally {
        waiting[at]!--;
      }
    },
    close: async () => {
      for (const server of servers) await server.close();
    },
  };
}

interface Run {
  contender: Contender;
  utterances: Utterance[];
  model: string;
  /** heed's texts, to compare others' with. */
  own: string[] | undefined;
}

/** Answers heed's texts. */
async function benchOne({ report, progress }: Bench, { contender, utterances, model, own }: Run): Promise<string[]> {
  progress(`${contender.name}: saturation`);
  await contender.read(utterances[0]!.samples);
  const startMs = performance.now();
  const texts = await saturate(contender, utterances);
  const perSecond = utterances.length / ((performance.now() - startMs) / 1000);
  progress(`${contender.name}: ${loadShare} of it`);
  const latenciesMs = await arrive(contender, utterances, loadShare * perSecond);
  report.add({
    identity: { engine: contender.name, model },
    n: utterances.length,
    values: [
      { metric: 'at saturation', value: perSecond, unit: 'a second' },
      { metric: 'p50 at 70 %', value: median(latenciesMs), unit: 'ms' },
      { metric: 'p95 at 70 %', value: percentile(latenciesMs, 0.95), unit: 'ms' },
      {
        metric: 'word errors',
        value: wordErrorRate(
          utterances.map(({ spoken }) => spoken),
          texts,
        ),
        unit: '%',
      },
      { metric: "unlike heed's", value: wordErrorRate(own ?? texts, texts), unit: '%' },
    ],
  });
  return own ?? texts;
}

/** There is always a next one. */
async function saturate({ atOnce, read }: Contender, utterances: Utterance[]): Promise<string[]> {
  const texts: string[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < utterances.length) {
        const index = next++;
        texts[index] = await read(utterances[index]!.samples);
      }
    }),
  );
  return texts;
}

/** They come as people do, at random, so many a second on average; answers how long each took, ms. */
function arrive({ read }: Contender, utterances: Utterance[], perSecond: number): Promise<number[]> {
  const random = createRandom('arrivals');
  let atMs = performance.now();
  return Promise.all(
    utterances.map(async ({ samples }) => {
      atMs += (-Math.log(1 - random()) * 1000) / perSecond;
      const arrivesMs = atMs;
      await delay(Math.max(0, arrivesMs - performance.now()));
      await read(samples);
      return performance.now() - arrivesMs;
    }),
  );
}

/** Over the texts that have something to be compared with, %. */
function wordErrorRate(wanted: readonly (string | undefined)[], texts: readonly string[]): number {
  let [errors, words] = [0, 0];
  for (const [index, text] of wanted.entries()) {
    if (text === undefined) continue;
    const spoken = comparedWords(text);
    errors += wordErrors(spoken, comparedWords(texts[index]!));
    words += spoken.length;
  }
  return (100 * errors) / words;
}
