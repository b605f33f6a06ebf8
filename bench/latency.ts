// From the true end of speech to the start of its command's handler, through the real server with audio in real time;
// beside it, on the same clips in turn, whisper-server behind vad-node.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createHeed, type Heed } from '../src/index.ts';
import { ensureModel } from '../src/models/index.ts';
import { msToSamples, type CommandMatch } from '../src/types.ts';
import { isRight as isRightOrder } from './commands/coffee/_score.ts';
import { isRight as isRightSentence } from './commands/home/_expected.ts';
import { repositoryDir } from './lib/arguments.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { LiveClient, Playback } from './lib/live.ts';
import { loadClip, type Clip } from './lib/manifest.ts';
import { WhisperServer } from './lib/peers.ts';
import { speechBounds } from './lib/speech-end.ts';
import { median, percentile } from './lib/statistics.ts';
import { VadNode } from './lib/vad-node.ts';

const sets = [
  { set: 's2i-barista', commands: 'coffee', isRight: isRightOrder },
  { set: 'speech-to-phrase-tts', commands: 'home', isRight: isRightSentence },
];
const defaultLimit = 40;
/** Silence before and after each clip; the longest wait for more words comes to its end in it. */
const [leadMs, tailMs] = [320, 3_000];
/** After the sound is over, an answer is waited for this long. */
const patienceMs = 5_000;

/** A clip as the microphone gives it. */
interface Speech {
  clip: Clip;
  samples: Float32Array;
  /** Where its words really end. */
  endSample: number;
}

/** What became of one clip. */
interface Outcome {
  /** closed, extendable: what the command's phrase is; none: there was no command. */
  kind: string;
  /** From the true end to the handler (or to the transcript), ms; absent when nothing came after the end. */
  delayMs?: number;
  /** The silence that was waited for, as the engine saw it, ms. */
  silenceMs?: number;
  isRight: boolean;
  /** A command ran while its speaker went on. */
  isPremature: boolean;
  /** The phrase was cut before its end. */
  isCut: boolean;
}

await runBench(
  'latency',
  async (bench) => {
    const ofAll = new Map<string, Outcome[]>();
    let model = '';
    for (const one of sets) {
      const result = await benchSet(bench, one);
      ({ model } = result);
      for (const [engine, outcomes] of Object.entries(result.outcomes))
        ofAll.set(engine, [...(ofAll.get(engine) ?? []), ...outcomes]);
    }
    for (const [engine, outcomes] of ofAll) report(bench, { set: 'both', engine, model }, outcomes);
  },
  { model: { type: 'string' }, peer: { type: 'boolean' }, misses: { type: 'boolean' } },
);

type BenchSet = (typeof sets)[number];

async function benchSet(
  bench: Bench,
  { set, commands, isRight }: BenchSet,
): Promise<{ model: string; outcomes: Record<string, Outcome[]> }> {
  const { model } = bench.options;
  const heed = await createHeed({
    commandsDir: join(repositoryDir, 'bench/commands', commands),
    log: () => undefined,
    config: {
      server: { port: 0, maxConnectionsPerMinute: 10_000 },
      commands: { watch: false },
      ...(typeof model === 'string' ? { transcribe: { model } } : {}),
    },
  });
  const peer = bench.options['peer'] === true ? await startPeer(heed) : undefined;
  try {
    const { url } = await heed.listen();
    const speeches = await loadSpeeches(bench.clips(set).slice(0, bench.limit ?? defaultLimit));
    const outcomes: Record<string, Outcome[]> = { heed: [], ...(peer ? { 'vad-node + whisper-server': [] } : {}) };
    for (const [index, speech] of speeches.entries()) {
      bench.progress(`${set}: ${index} of ${speeches.length}`);
      const judge = (matches: Match[]): boolean => matches.length === 1 && isRight(speech.clip.label, matches[0]);
      const outcome = await speakToHeed(heed, url, speech, judge);
      outcomes['heed']!.push(outcome);
      if (bench.options['misses'] === true && (!outcome.isRight || outcome.isCut))
        console.error(set, speech.clip.name, speech.clip.label, JSON.stringify(outcome));
      if (peer) outcomes['vad-node + whisper-server']!.push(await speakToPeer(heed, peer, speech, judge));
    }
    for (const [engine, all] of Object.entries(outcomes))
      report(bench, { set, engine, model: heed.config.transcribe.model }, all);
    return { model: heed.config.transcribe.model, outcomes };
  } finally {
    await peer?.close();
    await heed.close();
  }
}

type Match = Pick<CommandMatch, 'command' | 'args'>;
type Judge = (matches: Match[]) => boolean;

async function loadSpeeches(clips: Clip[]): Promise<Speech[]> {
  const speeches: Speech[] = [];
  // One after the other: files that are decoded side by side need a thread each.
  for (const clip of clips) {
    const sound = await loadClip(clip);
    const bounds = speechBounds(sound);
    if (!bounds) continue;
    const lead = msToSamples(leadMs);
    const samples = new Float32Array(lead + sound.length + msToSamples(tailMs));
    samples.set(sound, lead);
    speeches.push({ clip, samples, endSample: lead + bounds.endSample });
  }
  return speeches;
}

async function speakToHeed(heed: Heed, url: string, { samples, endSample }: Speech, judge: Judge): Promise<Outcome> {
  const client = await LiveClient.open(url);
  const playback = new Playback(samples, (message) => client.send(message));
  const endMs = playback.recordedAtMs(endSample);
  await answered(
    playback,
    client.until(
      ({ atMs, event }) =>
        atMs >= endMs &&
        (event.type === 'command.completed' || event.type === 'command.unmatched' || event.type === 'error'),
    ),
  );
  await client.close();
  const matches = client.of('command.matched');
  const last = matches.find(({ atMs }) => atMs >= endMs);
  const final = client.of('segment.final').find(({ event }) => event.segment_id === last?.event.segment_id);
  const silenceMs = final?.event.timing?.['silence'];
  return {
    kind: matches[0] ? heed.understand(matches[0].event.phrase).completeness : 'none',
    ...(last ? { delayMs: last.atMs - endMs } : {}),
    ...(silenceMs === undefined ? {} : { silenceMs }),
    isRight: judge(matches.map(({ event }) => event)),
    isPremature: matches.some(({ atMs }) => atMs < endMs),
    isCut: client.of('speech.ended').some(({ atMs, event }) => event.reason !== 'misfire' && atMs < endMs),
  };
}

/** Its texts go through heed's own matcher, so that both are judged alike; the time for that is not counted. */
async function speakToPeer(
  heed: Heed,
  peer: WhisperServer,
  { samples, endSample }: Speech,
  judge: Judge,
): Promise<Outcome> {
  const segments: { endedMs: number; text: Promise<{ atMs: number; text: string }> }[] = [];
  let onText: () => void;
  const heard = new Promise<void>((resolve) => {
    onText = resolve;
  });
  const vad = await VadNode.open((segment) => {
    const endedMs = performance.now();
    segments.push({ endedMs, text: peer.transcribe(segment).then((text) => ({ atMs: performance.now(), text })) });
    if (endedMs >= endMs) void segments.at(-1)!.text.then(() => onText());
  });
  const playback = new Playback(samples, (message) => vad.push(message));
  const endMs = playback.recordedAtMs(endSample);
  await answered(playback, heard);
  await vad.settled();
  const texts = await Promise.all(segments.map(async ({ text }) => await text));
  const last = texts.find(({ atMs }) => atMs >= endMs);
  const understood = texts.map(({ text }) => heed.understand(text)).filter(({ match }) => match !== undefined);
  const isCut = segments.some(({ endedMs }) => endedMs < endMs);
  return {
    kind: understood[0]?.completeness ?? 'none',
    ...(last ? { delayMs: last.atMs - endMs } : {}),
    isRight: judge(understood.map(({ match }) => match!)),
    isPremature: understood.length > 0 && isCut,
    isCut,
  };
}

/** Waits for the answer, for a while longer than the sound goes on, and stops the sound. */
async function answered(playback: Playback, answer: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = playback.done.then(
    () =>
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, patienceMs);
      }),
  );
  await Promise.race([answer, patience]);
  playback.stop();
  await playback.done;
  clearTimeout(timer);
}

async function startPeer(heed: Heed): Promise<WhisperServer> {
  const modelPath = await ensureModel(heed.config.transcribe.model, heed.config.models);
  return await WhisperServer.start({ modelPath, threads: availableParallelism() });
}

function report({ report }: Bench, identity: { set: string; engine: string; model: string }, all: Outcome[]): void {
  const groups = [
    ['closed', all.filter(({ kind }) => kind === 'closed')],
    ['extendable', all.filter(({ kind }) => kind === 'extendable')],
    ['all', all],
  ] as const;
  for (const [commands, outcomes] of groups) {
    if (outcomes.length === 0) continue;
    const delaysMs = outcomes.flatMap(({ delayMs }) => delayMs ?? []);
    const share = (pick: (outcome: Outcome) => boolean): number =>
      (100 * outcomes.filter(pick).length) / outcomes.length;
    report.add({
      identity: { ...identity, commands },
      n: outcomes.length,
      values: [
        { metric: 'p50', value: median(delaysMs), unit: 'ms' },
        { metric: 'p95', value: percentile(delaysMs, 0.95), unit: 'ms' },
        { metric: 'silence p50', value: median(outcomes.flatMap(({ silenceMs }) => silenceMs ?? [])), unit: 'ms' },
        { metric: 'premature', value: share(({ isPremature }) => isPremature), unit: '%' },
        { metric: 'cut early', value: share(({ isCut }) => isCut), unit: '%' },
        { metric: 'right', value: share(({ isRight }) => isRight), unit: '%' },
      ],
    });
  }
}
