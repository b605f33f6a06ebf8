// Whether heed stays as it was: many microphones for minutes or hours, a tenth of them speaking, while command files
// are saved again and workers are killed. Tells what grows, what is lost, and whether it becomes slower.
import { fork } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { commonSession } from '../src/events/index.ts';
import { createHeed } from '../src/index.ts';
import { repositoryDir } from './lib/arguments.ts';
import { runBench } from './lib/bench.ts';
import { delay } from './lib/live.ts';
import { ask, hearing } from './lib/microphone-client.ts';
import { percentile, slope } from './lib/statistics.ts';

const [defaultMinutes, defaultStreams] = [60, 50];
const speechShare = 0.1;
const clipCount = 12;
const sampleMs = 10_000;
/** How often a command file is saved again, and a worker is killed, ms. */
const [saveMs, killMs] = [60_000, 90_000];
/** What comes before this share of the time is warming up. */
const warmShare = 0.25;

/** How many events heed keeps, and a value as large as what most of them tell of the words of a phrase. */
const keptEvents = 10_000;
const likeWords = Array.from({ length: 10 }, (_, index) => ({
  text: 'coffee',
  start: index,
  end: index + 0.5,
  p: 0.9,
}));

/** The state of heed's processes at one moment. */
interface Sample {
  minutes: number;
  heapMb: number;
  gatewayMb: number;
  workersMb: number;
  files: number;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

await runBench(
  'soak',
  async ({ options, report, clips, progress }) => {
    const minutes = Number(options['minutes'] ?? defaultMinutes);
    const streams = Number(options['streams'] ?? defaultStreams);
    const commandsDir = mkdtempSync(join(tmpdir(), 'heed-soak-'));
    cpSync(join(repositoryDir, 'bench/commands/coffee'), commandsDir, { recursive: true });
    const heed = await createHeed({
      commandsDir,
      log: () => undefined,
      config: {
        // Other jobs on the machine are not to keep a microphone out, hence the long answer.
        server: { port: 0, maxSessions: streams + 8, maxConnectionsPerMinute: 100_000, maxAnswerMs: 1_000 },
        // What is kept of the last utterances must be full while heed warms up, or else it counts as growth.
        trace: { maxUtterances: 2, maxAudioMs: 30_000 },
        ...(typeof options['model'] === 'string' ? { transcribe: { model: options['model'] } } : {}),
      },
    });
    // So must the events that it keeps for clients that come back.
    for (let event = 0; event < keptEvents; event++)
      heed.bus.publish(commonSession, { type: 'state', topic: 'soak', value: likeWords });
    const { url } = await heed.listen();
    const child = fork(join(repositoryDir, 'bench/lib/microphones.ts'));
    const [saving, killing] = [setInterval(save, saveMs), setInterval(killWorker, killMs)];
    let [saves, kills] = [0, 0];
    try {
      const paths = clips('s2i-barista')
        .slice(0, clipCount)
        .map(({ path }) => path);
      await ask(child, { type: 'connect', pageUrl: url, streams, clips: paths, speechShare }, 'connected');
      const startedMs = performance.now();
      const done = hearing(child, 'done');
      const spoken = ask(child, { type: 'speak', seconds: 60 * minutes }, 'spoken');
      const samples: Sample[] = [];
      while (performance.now() - startedMs < 60_000 * minutes) {
        await Promise.race([delay(sampleMs), spoken]);
        samples.push(sampleNow((performance.now() - startedMs) / 60_000));
        const { minutes: at, heapMb, gatewayMb, workersMb, files } = samples.at(-1)!;
        progress(
          `${at.toFixed(1)} min: heap ${heapMb.toFixed(0)}, gateway ${gatewayMb.toFixed(0)}, ` +
            `workers ${workersMb.toFixed(0)} MB, ${files} files`,
        );
      }
      const { phrases, segments, unanswered, finals, busy, errors, finalMs } = await done;
      const warm = samples.filter((sample) => sample.minutes > warmShare * minutes);
      const growth = (of: (sample: Sample) => number): number =>
        slope(warm.map((sample) => ({ x: sample.minutes, y: of(sample) })));
      const half = finalMs.length >> 1;
      report.add({
        identity: { streams, minutes, model: heed.config.transcribe.model },
        n: phrases,
        values: [
          { metric: 'segments', value: segments, unit: '' },
          { metric: 'unanswered', value: unanswered, unit: '' },
          { metric: 'finals', value: finals, unit: '' },
          { metric: 'busy', value: busy, unit: '' },
          { metric: 'errors', value: errors, unit: '' },
          { metric: 'kills', value: kills, unit: '' },
          { metric: 'reloads', value: saves, unit: '' },
          { metric: 'heap', value: growth(({ heapMb }) => heapMb), unit: 'MB/min' },
          { metric: 'gateway', value: growth(({ gatewayMb }) => gatewayMb), unit: 'MB/min' },
          { metric: 'workers', value: growth(({ workersMb }) => workersMb), unit: 'MB/min' },
          { metric: 'files', value: growth(({ files }) => files), unit: '/min' },
          { metric: 'p95 first half', value: percentile(finalMs.slice(0, half), 0.95), unit: 'ms' },
          { metric: 'p95 second half', value: percentile(finalMs.slice(half), 0.95), unit: 'ms' },
        ],
      });
    } finally {
      clearInterval(saving);
      clearInterval(killing);
      if (child.exitCode === null) child.kill();
      await heed.close();
      rmSync(commandsDir, { recursive: true });
    }

    function save(): void {
      const [file] = readdirSync(commandsDir).filter((name) => name.endsWith('.ts'));
      const path = join(commandsDir, file!);
      writeFileSync(path, `${readFileSync(path, 'utf8').replace(/\n\/\/ saved \d+\n$/, '')}\n// saved ${++saves}\n`);
    }

    function killWorker(): void {
      const [pid] = workers();
      if (pid === undefined) return;
      kills++;
      process.kill(pid, 'SIGKILL');
    }
  },
  { minutes: { type: 'string' }, streams: { type: 'string' }, model: { type: 'string' } },
);

/** The processes that read, by their command line. Linux only. */
function workers(): number[] {
  const tasks = readdirSync('/proc/self/task');
  const children = tasks.flatMap((task) => readFileSync(`/proc/self/task/${task}/children`, 'utf8').trim().split(' '));
  return children
    .filter((pid) => pid !== '' && /transcribe.worker/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8')))
    .map(Number);
}

function sampleNow(minutes: number): Sample {
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  return {
    minutes,
    heapMb: (heapUsed + external) / 1e6,
    gatewayMb: rss / 1e6,
    workersMb: workers().reduce((sum, pid) => sum + residentMb(pid), 0),
    files: readdirSync('/proc/self/fd').length,
  };
}

function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000;
}
