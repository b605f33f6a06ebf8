import { expect, test } from 'vitest';
import { encodeWav, type AudioFormat } from '../../src/audio/index.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { AudioIntake } from '../../src/server/audio-intake.ts';

const second = new Uint8Array(32_000);
const raw: AudioFormat = { encoding: 'pcm_s16le', sampleRate: 16_000, channels: 1 };

function newIntake(format: AudioFormat = raw, { maxBurstMs = 60_000, maxRealTimeRate = 8 } = {}) {
  const clock = { nowMs: 0 };
  const pieces: number[] = [];
  const intake = new AudioIntake({
    format,
    now: () => clock.nowMs,
    config: { ...defaultConfig, server: { ...defaultConfig.server, maxBurstMs, maxRealTimeRate } },
    sink: async (samples) => {
      pieces.push(samples.length);
    },
  });
  return { intake, clock, pieces, total: () => pieces.reduce((sum, length) => sum + length, 0) };
}

test('a long message reaches the session in short pieces, and others have their turn in between', async () => {
  const { intake, pieces, total } = newIntake();
  await intake.push(new Uint8Array(32_000 * 2.5));
  await intake.end();
  expect(Math.max(...pieces)).toBe(2_048);
  expect(total()).toBe(40_000);
  // A sound at a quarter of the rate, as long as the limit of a burst allows: each sample becomes four.
  const slow = newIntake({ ...raw, sampleRate: 4_000 });
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  await slow.intake.push(new Uint8Array(2 * 4_000 * 59));
  clearInterval(timer);
  expect(Math.max(...slow.pieces)).toBeLessThan(16_000);
  expect(turns).toBeGreaterThan(0);
});

test('a piece is passed on only when the one before it has been taken', async () => {
  const started: number[] = [];
  const release: (() => void)[] = [];
  const intake = new AudioIntake({
    format: raw,
    config: defaultConfig,
    now: () => 0,
    sink: (samples) =>
      new Promise((resolve) => {
        started.push(samples.length);
        release.push(resolve);
      }),
  });
  const pushed = intake.push(new Uint8Array(8_192));
  const settle = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 1));
  await settle();
  expect(started).toHaveLength(1);
  release[0]!();
  await settle();
  expect(started).toHaveLength(2);
  release[1]!();
  await pushed;
});

test('a burst is taken, then audio may come as fast as the rate allows and no faster', async () => {
  const { intake, clock } = newIntake(raw, { maxBurstMs: 3_000, maxRealTimeRate: 2 });
  for (let count = 0; count < 3; count++) await intake.push(second);
  await expect(intake.push(second)).rejects.toMatchObject({ code: 'too-many' });
  clock.nowMs = 500;
  await intake.push(second);
  await expect(intake.push(second)).rejects.toMatchObject({ code: 'too-many' });
});

test('WAV files one after the other are one sound', async () => {
  const { intake, total } = newIntake({ encoding: 'wav-chunks' });
  for (let count = 0; count < 4; count++) await intake.push(encodeWav(new Float32Array(8_000).fill(0.1)));
  await intake.end();
  expect(total()).toBe(32_000);
});

test('anything but audio is refused, and a stream that brought nothing may end', async () => {
  const wav = () => newIntake({ encoding: 'wav' }).intake;
  await expect(wav().push(new TextEncoder().encode('this is no audio at all'.repeat(10)))).rejects.toMatchObject({
    code: 'bad-audio',
  });
  await expect(wav().end()).resolves.toBeUndefined();
  const empty = wav();
  await empty.push(new Uint8Array(0));
  await expect(empty.end()).resolves.toBeUndefined();
});

test('sound that a line held back for longer than a command may be old tells when it was spoken', async () => {
  const clock = { nowMs: 1_000 };
  const spoken: (number | undefined)[] = [];
  const intake = new AudioIntake({
    format: raw,
    now: () => clock.nowMs,
    config: defaultConfig,
    sink: async (_, spokenAtMs) => {
      spoken.push(spokenAtMs);
    },
  });
  await intake.push(second);
  expect(new Set(spoken)).toEqual(new Set([undefined]));
  clock.nowMs += 20_000;
  await intake.push(second);
  // The session began, the line stood still for 20 s, and this is the second that follows the first one.
  expect(spoken.at(-1)).toBe(2_000);
  expect(intake.spokenAtMs).toBe(2_000);
  clock.nowMs += 5_000;
  expect(intake.spokenAtMs).toBeUndefined();
});
