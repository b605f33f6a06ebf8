// How soon heed has caught up after a broken line: from the attempt to connect until the last sound is judged.
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { StreamLine } from '../client/stream-line.ts';
import { createHeed } from '../src/index.ts';
import { frameSamples, msToSamples } from '../src/types.ts';
import { runBench } from './lib/bench.ts';
import { percentile } from './lib/statistics.ts';

const cutsMs = [1_000, 5_000, 10_000, 29_000];
const defaultRuns = 20;

await runBench(
  'resume',
  async ({ report, options, progress }) => {
    const runs = typeof options['runs'] === 'string' ? Number(options['runs']) : defaultRuns;
    const heed = await createHeed({
      commandsDir: false,
      log: () => undefined,
      config: { server: { port: 0, token: 'token', maxRealTimeRate: 1_000_000 } },
    });
    let judged = 0;
    let onJudged = (): void => undefined;
    const ears = await heed.ears();
    const openStream = ears.vad.openStream.bind(ears.vad);
    ears.vad.openStream = () => {
      const stream = openStream();
      return {
        probability: async (frame) => {
          const probability = await stream.probability(frame);
          judged++;
          onJudged();
          return probability;
        },
        close: () => stream.close(),
      };
    };
    const caughtUp = async (frames: number): Promise<void> => {
      while (judged < frames) {
        await new Promise<void>((resolve) => {
          onJudged = resolve;
        });
      }
    };
    const { port } = await heed.listen();
    let socket: WebSocket | undefined;
    let onStatus = (): void => undefined;
    const line = new StreamLine({
      openSocket: () => (socket = new WebSocket(`ws://127.0.0.1:${port}/v1/stream`)),
      startMessage: () => ({
        type: 'start',
        token: 'token',
        audio: { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 1 },
      }),
      onConnection: () => onStatus(),
      onEvent: () => undefined,
      onLost: ({ message }) => {
        throw new Error(`Sound was lost: ${message}`);
      },
    });
    const is = async (status: string): Promise<void> => {
      while (line.connection.status !== status) {
        await new Promise<void>((resolve) => {
          onStatus = resolve;
        });
      }
    };
    line.connect();
    await is('open');
    let sent = 0;
    try {
      for (const cutMs of cutsMs) {
        const openMs: number[] = [];
        const caughtUpMs: number[] = [];
        for (let run = 0; run < runs; run++) {
          progress(`${cutMs} ms, ${run + 1} of ${runs}`);
          const broken = once(socket!, 'close');
          socket!.terminate();
          await broken;
          await is('waiting');
          for (const end = sent + Math.floor(msToSamples(cutMs) / frameSamples); sent < end; sent++)
            line.sendAudio(new ArrayBuffer(2 * frameSamples));
          const startedMs = performance.now();
          line.connect();
          await is('open');
          openMs.push(performance.now() - startedMs);
          await caughtUp(sent);
          caughtUpMs.push(performance.now() - startedMs);
        }
        report.add({
          identity: { cut: `${cutMs / 1_000} s` },
          n: runs,
          values: [
            { metric: 'resumed p50', value: percentile(openMs, 0.5), unit: 'ms' },
            { metric: 'caught up p50', value: percentile(caughtUpMs, 0.5), unit: 'ms' },
            { metric: 'caught up p95', value: percentile(caughtUpMs, 0.95), unit: 'ms' },
          ],
        });
      }
    } finally {
      line.close();
      await heed.close();
    }
  },
  { runs: { type: 'string' } },
);
