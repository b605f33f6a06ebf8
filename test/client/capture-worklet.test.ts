import { afterEach, expect, test, vi } from 'vitest';
import type { CapturedFrame } from '../../client/capture-messages.ts';

interface Processor {
  port: { onmessage?: (event: unknown) => void };
  process(inputs: Float32Array[][]): boolean;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** Loads the worklet as an audio thread with the given rate would. */
async function createCapture(sampleRate: number): Promise<{ capture: Processor; frames: CapturedFrame[] }> {
  const frames: CapturedFrame[] = [];
  let create: (new () => Processor) | undefined;
  vi.stubGlobal('sampleRate', sampleRate);
  vi.stubGlobal(
    'AudioWorkletProcessor',
    class {
      port = { postMessage: (frame: CapturedFrame) => frames.push(frame) };
    },
  );
  vi.stubGlobal('registerProcessor', (_: string, processor: new () => Processor) => {
    create = processor;
  });
  await import('../../client/capture-worklet.ts');
  return { capture: new create!(), frames };
}

function tone(frequencyHz: number, sampleRate: number, seconds: number): Float32Array {
  return Float32Array.from(
    { length: sampleRate * seconds },
    (_, index) => 0.5 * Math.sin((2 * Math.PI * frequencyHz * index) / sampleRate),
  );
}

/** Feeds samples in blocks of 128, as an audio thread does. */
function feed(capture: Processor, samples: Float32Array, channels = 1): void {
  for (let at = 0; at < samples.length; at += 128)
    capture.process([Array.from({ length: channels }, () => samples.slice(at, at + 128))]);
}

function rms(frames: CapturedFrame[]): number {
  const samples = frames.flatMap(({ pcm }) => [...new Int16Array(pcm)]).map((value) => value / 32_768);
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

test.each([16_000, 44_100, 48_000, 96_000])('a second at %i Hz becomes 31 frames of 16 kHz', async (sampleRate) => {
  const { capture, frames } = await createCapture(sampleRate);
  feed(capture, tone(440, sampleRate, 1));
  expect(frames).toHaveLength(Math.floor((16_000 - 50) / 512));
  expect(frames.every(({ pcm }) => pcm.byteLength === 1024)).toBe(true);
  expect(rms(frames)).toBeCloseTo(0.5 / Math.SQRT2, 2);
});

test('sound above 8 kHz does not come back as an alias', async () => {
  const { capture, frames } = await createCapture(48_000);
  feed(capture, tone(11_000, 48_000, 1));
  expect(rms(frames.slice(1))).toBeLessThan(0.5e-3);
});

test('both channels of a stereo microphone are used', async () => {
  const { capture, frames } = await createCapture(48_000);
  feed(capture, tone(440, 48_000, 0.5), 2);
  expect(rms(frames)).toBeCloseTo(0.5 / Math.SQRT2, 2);
  expect(frames.at(-1)!.level).toBeCloseTo(1 - 9.03 / 60, 2);
});

test('it waits for an input that does not exist yet, and ends when it is told to', async () => {
  const { capture, frames } = await createCapture(48_000);
  expect(capture.process([[]])).toBe(true);
  capture.port.onmessage!({ data: 'stop' });
  expect(capture.process([[new Float32Array(128)]])).toBe(false);
  expect(frames).toHaveLength(0);
});

test('what it has heard so far comes at once on request, and then the answer', async () => {
  const { capture, frames } = await createCapture(16_000);
  feed(capture, tone(440, 16_000, 0.05));
  const whole = frames.length;
  capture.port.onmessage!({ data: 'drain' });
  expect(frames.at(-1)).toBe('drained');
  const rest = frames.at(-2)!;
  expect(frames).toHaveLength(whole + 2);
  expect(rest.pcm.byteLength).toBeGreaterThan(0);
  expect(rest.pcm.byteLength).toBeLessThan(1024);
  expect(capture.process([[new Float32Array(128)]])).toBe(true);
});
