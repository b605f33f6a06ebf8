import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileGrammar } from '../../src/grammar/index.ts';
import type { NativeEngine, NativeReading } from '../../src/transcribe/binding.ts';
import type { Alternative } from '../../src/types.ts';
import { house } from '../grammar/commands.ts';
import { humanSample, mix, speak, whiteNoise } from '../speech.ts';
import { readNatively } from '../transcribe/read-natively.ts';
import { loadEngine } from './engine.ts';

const { graph } = compileGrammar(house, { language: 'en' }).grammar;

const clips: [string, () => Promise<Float32Array>][] = [
  ['a command', () => speak('Set the kitchen lights to fifty percent.')],
  ['a short one', () => speak('Turn on the lights.')],
  ['a command of numbers', () => speak('Set a timer for one hour and five minutes.')],
  // In louder noise a word that nothing makes out may come out otherwise on each.
  ['a command in noise', () => speak('Turn off the lights.').then((s) => mix(s, whiteNoise(s.length), 20))],
  ['a person, 11 s', () => humanSample()],
];

function read(
  engine: NativeEngine,
  samples: Float32Array,
  options: { positions?: number } = {},
): Promise<NativeReading> {
  return readNatively(engine, samples, { words: true, beam: 5, graph, ...options });
}

/** Nats by which two log-probabilities may differ: the CPU's matrices are of 8 bits, a GPU's of 16. */
const slack = ({ tokens }: { tokens: number }): number => 0.05 * tokens + 0.1;

/** By which a word's times may differ: in noise a word fades, and where it ends is a guess. */
const slackMs = 80;

/** A text without its last full stop, which is often as likely as none, so that rounding decides. */
const bare = (text: string): string => text.replace(/\.$/, '');

function expectSame(on: { cpu: NativeReading; gpu: NativeReading }): void {
  expect(bare(on.gpu.text)).toBe(bare(on.cpu.text));
  expect(on.gpu.positions).toBe(on.cpu.positions);
  expect(Math.abs(on.gpu.logProbability - on.cpu.logProbability)).toBeLessThan(slack(on.cpu));
  expect(on.gpu.words.map(({ word }) => bare(word))).toEqual(on.cpu.words.map(({ word }) => bare(word)));
  on.gpu.words.forEach(({ startMs, endMs }, i) => {
    expect(Math.abs(startMs - on.cpu.words[i]!.startMs)).toBeLessThanOrEqual(slackMs);
    expect(Math.abs(endMs - on.cpu.words[i]!.endMs)).toBeLessThanOrEqual(slackMs);
  });
  const first = (reading: NativeReading): Alternative | undefined => reading.constrained?.[0];
  expect(first(on.gpu)?.text).toBe(first(on.cpu)?.text);
  if (first(on.cpu))
    expect(Math.abs(first(on.gpu)!.logProbability - first(on.cpu)!.logProbability)).toBeLessThan(slack(first(on.cpu)!));
}

// lavapipe compiles its shaders in each process and takes seconds a reading: the larger model has one command to read.
describe.each([
  ['tiny.en', clips],
  ['base', clips.slice(0, 1)],
] as const)('%s', (model, heard) => {
  let cpu: NativeEngine;
  let gpu: NativeEngine;

  beforeAll(async () => {
    ({ native: cpu } = await loadEngine(model, { gpu: false }));
    ({ native: gpu } = await loadEngine(model));
  });

  afterAll(() => [cpu, gpu].forEach((engine) => engine.close()));

  test('computes with Vulkan', () => {
    expect(cpu).toMatchObject({ backend: 'cpu', device: '' });
    expect(gpu).toMatchObject({ backend: 'vulkan', device: expect.stringContaining('llvmpipe') });
  });

  test.each([...heard])('reads %s as the CPU does, in the same short window', async (_, make) => {
    const samples = await make();
    const on = { cpu: await read(cpu, samples), gpu: await read(gpu, samples) };
    expectSame(on);
    expect(on.gpu.positions).toBeLessThan(1_500);
  });

  test('reads in the whole window as the CPU does', async () => {
    const samples = await clips[0]![1]();
    const whole = { positions: 1_500 };
    expectSame({ cpu: await read(cpu, samples, whole), gpu: await read(gpu, samples, whole) });
  });

  test.skipIf(heard.length === 1)('readers side by side do not disturb each other', async () => {
    const samples = await Promise.all(clips.slice(0, 3).map(([, make]) => make()));
    const alone = [];
    for (const each of samples) alone.push(await read(gpu, each));
    const together = await Promise.all(samples.map((each) => read(gpu, each)));
    const kept = ({ text, logProbability, words }: NativeReading) => ({ text, logProbability, words });
    expect(together.map(kept)).toEqual(alone.map(kept));
  });
});
