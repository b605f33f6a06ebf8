// The time from the true end of speech to the start of its command's handler, through the real server with audio in
// real time. The same clips go in turn to whisper-server behind vad-node. --people takes recorded people instead of a
// synthesizer for the home; --noise FILE|DIR --snr DB mixes each clip with each noise. With --pace
// X no time of this machine counts but the processor time of the readings, on one thread, times X.
import { join } from 'node:path';
import { loadConfig } from '../src/config/index.ts';
import { createHeed } from '../src/index.ts';
import { ensureModel } from '../src/models/index.ts';
import { createTranscriber } from '../src/transcribe/index.ts';
import { isRight as isRightOrder } from './commands/coffee/_score.ts';
import { isRight as isRightSentence } from './commands/home/_expected.ts';
import { isRight as isRightInFrench } from './commands/house-fr/_expected.ts';
import { repositoryDir } from './lib/arguments.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { speakToHeed, type Judge } from './lib/latency-live.ts';
import { speakToPeer, startPeer } from './lib/latency-peer.ts';
import { addLatencies, type Outcome } from './lib/latency-rows.ts';
import { TimedSpeaker } from './lib/latency-timed.ts';
import { clipsOf, readManifest, spread, type Clip } from './lib/manifest.ts';
import { loadNoises, loadSpeeches, type Noise } from './lib/speeches.ts';
import { TimedTranscriber } from './lib/timed-transcriber.ts';

const coffee = { set: 's2i-barista', commands: 'coffee', language: 'en', isRight: isRightOrder };
const home = { set: 'speech-to-phrase-tts', commands: 'home', language: 'en', isRight: isRightSentence };
const homeOfPerson = {
  set: 'speech-to-phrase-fr-real',
  commands: 'house-fr',
  language: 'fr',
  isRight: isRightInFrench,
};
const defaultLimit = 40;

await runBench(
  'latency',
  async (bench) => {
    const { options } = bench;
    const noises = await loadNoises(options['noise'], options['snr']);
    const ofAll = new Map<string, Outcome[]>();
    let model = '';
    for (const one of options['people'] === true ? [coffee, homeOfPerson] : [coffee, home]) {
      for (const noise of noises) {
        const result = await benchSet(bench, one, noise);
        ({ model } = result);
        for (const [engine, outcomes] of Object.entries(result.outcomes))
          ofAll.set(engine, [...(ofAll.get(engine) ?? []), ...outcomes]);
      }
    }
    for (const [engine, outcomes] of ofAll) addLatencies(bench, { set: 'all', noise: 'all', engine, model }, outcomes);
  },
  {
    model: { type: 'string' },
    'first-look': { type: 'string' },
    people: { type: 'boolean' },
    noise: { type: 'string' },
    snr: { type: 'string' },
    half: { type: 'string' },
    pace: { type: 'string' },
    peer: { type: 'boolean' },
    misses: { type: 'boolean' },
  },
);

interface BenchSet {
  set: string;
  commands: string;
  language: string;
  isRight: (label: string, match: Parameters<typeof isRightSentence>[1]) => boolean;
}

async function benchSet(
  bench: Bench,
  { set, commands, language, isRight }: BenchSet,
  noise: Noise,
): Promise<{ model: string; outcomes: Record<string, Outcome[]> }> {
  const { model, pace, misses } = bench.options;
  const firstLook = bench.options['first-look'];
  const transcribe = {
    ...(typeof model === 'string' ? { model } : {}),
    ...(typeof firstLook === 'string' ? { firstLook } : {}),
  };
  const timed = pace === undefined ? undefined : await openTimed(transcribe, Number(pace));
  const heed = await createHeed({
    commandsDir: join(repositoryDir, 'bench/commands', commands),
    log: () => undefined,
    config: {
      server: { port: 0, maxConnectionsPerMinute: 10_000 },
      commands: { watch: false },
      language,
      transcribe: { ...transcribe, ...(timed ? { partials: false } : {}) },
    },
    ...(timed ? { transcriber: timed } : {}),
  });
  const peer = bench.options['peer'] === true ? await startPeer(heed) : undefined;
  try {
    const speaker = timed && new TimedSpeaker(heed, timed);
    const { url } = timed ? { url: '' } : await heed.listen();
    const speeches = await loadSpeeches(clipsOfHalf(bench, set), noise);
    const outcomes: Record<string, Outcome[]> = { heed: [], ...(peer ? { 'vad-node + whisper-server': [] } : {}) };
    for (const [index, speech] of speeches.entries()) {
      bench.progress(`${set}, ${noise?.name ?? 'no noise'}: ${index} of ${speeches.length}`);
      const judge: Judge = (matches) => matches.length === 1 && isRight(speech.clip.label, matches[0]);
      const outcome = speaker ? await speaker.speak(speech, judge) : await speakToHeed(heed, url, speech, judge);
      outcomes['heed']!.push(outcome);
      if (misses === true && (!outcome.isRight || outcome.isCut))
        console.error(set, speech.clip.name, speech.clip.label, JSON.stringify(outcome));
      if (peer) outcomes['vad-node + whisper-server']!.push(await speakToPeer(heed, peer, speech, judge));
    }
    const reads = [...(typeof firstLook === 'string' ? [firstLook] : []), heed.config.transcribe.model].join(', then ');
    const row = { set, noise: noise ? `${noise.name} ${noise.snrDb} dB` : 'none', model: reads };
    for (const [engine, all] of Object.entries(outcomes)) addLatencies(bench, { ...row, engine }, all);
    return { model: reads, outcomes };
  } finally {
    await peer?.close();
    await heed.close();
  }
}

/** Loads the recogniser in this process, with one thread, on the clock of the sound. */
async function openTimed(transcribe: { model?: string; firstLook?: string }, pace: number): Promise<TimedTranscriber> {
  const config = loadConfig({
    env: {},
    overrides: { transcribe: { ...transcribe, engine: 'in-process', workers: 1, maxThreads: 1 } },
  });
  const { model, firstLook } = config.transcribe;
  const path = await ensureModel(model, config.models);
  const look = firstLook === '' ? {} : { firstLookPath: await ensureModel(firstLook, config.models) };
  return new TimedTranscriber(await createTranscriber(config.transcribe, path, look), pace);
}

/**
 * Returns every second clip, from the first one on with `--half 1` and from the second one with `--half 2`: what is
 * chosen by one half can be measured with the other.
 */
function clipsOfHalf({ dataDir, options, limit }: Bench, set: string): Clip[] {
  const { half } = options;
  const all = clipsOf(readManifest(dataDir), set);
  const own = half === undefined ? all : all.filter((_, index) => index % 2 === Number(half) - 1);
  return spread(own, limit ?? defaultLimit);
}
