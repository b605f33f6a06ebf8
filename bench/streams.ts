// Many microphones at once on one machine, a tenth of them speaking, sent by a client process through the real server.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createHeed } from '../src/index.ts';
import { repositoryDir } from './lib/arguments.ts';
import { runBench, type Bench } from './lib/bench.ts';
import { delay, LiveClient } from './lib/live.ts';
import { ask, hearing } from './lib/microphone-client.ts';
import type { Order } from './lib/microphone-messages.ts';
import { plotStreams } from './lib/plot-streams.ts';
import { percentile } from './lib/statistics.ts';
import { VadLag } from './lib/vad-lag.ts';

const defaultCounts = [50, 100, 200, 400];
const defaultShare = 0.1;
const defaultSeconds = 8;
/** How long to wait before the idle streams are measured, and how long to measure them, ms. */
const [settleMs, idleMs] = [1_000, 2_000];
/** With a lag above this, no higher number of streams is tried, ms. */
const brokenMs = 1_000;
/** How many different clips the microphones play. */
const clipCount = 12;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

await runBench(
  'streams',
  async (bench) => {
    const { options, progress } = bench;
    const counts = typeof options['streams'] === 'string' ? options['streams'].split(',').map(Number) : defaultCounts;
    const lags: { streams: number; p50Ms: number; p99Ms: number }[] = [];
    for (const streams of counts) {
      progress(`${streams} streams`);
      const lag = await benchStreams(bench, streams);
      if (lag) lags.push({ streams, ...lag });
      if (!lag || lag.p99Ms > brokenMs) break;
    }
    if (typeof options['plot'] === 'string') plotStreams(options['plot'], lags);
  },
  {
    streams: { type: 'string' },
    seconds: { type: 'string' },
    share: { type: 'string' },
    model: { type: 'string' },
    plot: { type: 'string' },
  },
);

/** Measures the lag of frames with this many streams; returns undefined when not all could be opened. */
async function benchStreams(
  { options, report, clips, progress }: Bench,
  streams: number,
): Promise<{ p50Ms: number; p99Ms: number } | undefined> {
  const { model, seconds, share } = options;
  const heed = await createHeed({
    commandsDir: join(repositoryDir, 'bench/commands/coffee'),
    log: () => undefined,
    config: {
      server: { port: 0, maxSessions: streams + 8, maxConnectionsPerMinute: 100_000 },
      commands: { watch: false },
      ...(typeof model === 'string' ? { transcribe: { model } } : {}),
    },
  });
  const lag = new VadLag(heed.bus);
  const ears = await heed.ears();
  ears.vad = lag.watch(ears.vad);
  const { url } = await heed.listen();
  const child = fork(join(repositoryDir, 'bench/lib/microphones.ts'));
  try {
    const paths = clips('s2i-barista')
      .slice(0, clipCount)
      .map(({ path }) => path);
    const connect: Order = {
      type: 'connect',
      pageUrl: url,
      streams,
      clips: paths,
      speechShare: Number(share ?? defaultShare),
    };
    // Whatever is loaded and compiled for the first streams of a process must not count for these.
    await ask(child, connect, 'connected');
    await ask(child, { type: 'disconnect' }, 'disconnected');
    const before = memory();
    const connected = await ask(child, connect, 'connected');
    await delay(settleMs);
    const idle = memory();
    const idleCpu = await measureCpu(() => delay(idleMs));
    lag.start(connected.startedAtMs);
    lag.reset();
    const spoken = hearing(child, 'done');
    const cpu = await measureCpu(async () => {
      await ask(child, { type: 'speak', seconds: Number(seconds ?? defaultSeconds) }, 'spoken');
    });
    const isTaken = await isOneMoreTaken(url);
    const lagsMs = [...lag.lagsMs];
    const done = await spoken;
    const result = { p50Ms: percentile(lagsMs, 0.5), p99Ms: percentile(lagsMs, 0.99) };
    report.add({
      identity: { streams, model: heed.config.transcribe.model },
      n: lagsMs.length,
      values: [
        { metric: 'lag p50', value: result.p50Ms, unit: 'ms' },
        { metric: 'lag p99', value: result.p99Ms, unit: 'ms' },
        { metric: 'of it client p99', value: done.lateP99Ms, unit: 'ms' },
        { metric: 'heap a stream', value: (idle.heapBytes - before.heapBytes) / streams / 1024, unit: 'KB' },
        {
          metric: 'resident a stream',
          value: (idle.residentBytes - before.residentBytes) / streams / 1024,
          unit: 'KB',
        },
        { metric: 'gateway idle', value: idleCpu, unit: '% of a core' },
        { metric: 'gateway', value: cpu, unit: '% of a core' },
        { metric: 'phrases', value: done.phrases, unit: '' },
        { metric: 'finals', value: done.finals, unit: '' },
        { metric: 'busy', value: done.busy, unit: '' },
        { metric: 'one more refused', value: isTaken ? 0 : 1, unit: '' },
        { metric: 'errors', value: done.errors, unit: '' },
        { metric: 'final p50', value: percentile(done.finalMs, 0.5), unit: 'ms' },
        { metric: 'final p95', value: percentile(done.finalMs, 0.95), unit: 'ms' },
      ],
    });
    return result;
  } catch (error) {
    progress(`${streams} streams: ${(error as Error).message}`);
    return undefined;
  } finally {
    if (child.exitCode === null) child.kill();
    await heed.close();
  }
}

/** Whether a new stream is accepted now. */
async function isOneMoreTaken(url: string): Promise<boolean> {
  const client = await LiveClient.open(url).catch((error: unknown) => {
    if (String(error).includes('"busy"')) return undefined;
    throw error;
  });
  await client?.close();
  return client !== undefined;
}

/**
 * The memory of this process: server, sessions and voice activity model, without whisper, which runs in processes of
 * its own.
 */
function memory(): { heapBytes: number; residentBytes: number } {
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapBytes: heapUsed + external, residentBytes: rss };
}

/** Measures the processor time of this process, all threads, % of one core. */
async function measureCpu(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 10 / (performance.now() - startMs);
}
