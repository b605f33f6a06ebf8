import { expect, test } from 'vitest';
import { Effort, type Pace } from '../../src/transcribe/effort.ts';

const quick: Pace = { costMs: 200, soundMs: 2_000 };

/** Returns after how many answers, one a second, a reading of so much sound is given up; Infinity if it never is. */
function givenUpAfter(cpuMs: (second: number) => number | undefined, soundMs = 2_000, pace = quick): number {
  const effort = new Effort(soundMs, { pace, nowMs: 0 });
  for (let second = 1; second <= 300; second++) {
    effort.add(cpuMs(second), second * 1_000);
    if (effort.isTooMuch) return second;
  }
  return Infinity;
}

test.each([
  ['that computes for ever, after six times its sound', () => 1_000, 2_000, 13],
  ['with several threads that compute for ever, no sooner', () => 4_000, 2_000, 13],
  ['of a short sound, after five seconds', () => 1_000, 300, 6],
  ['that waits for ever, although it uses no processor', () => 1, 300, 6],
  ['on a GPU, by time', () => undefined, 300, 6],
  ['on a machine that is ten times as busy, ten times as late', () => 100, 300, 51],
])('gives up a reading %s', (_, cpuMs, soundMs, seconds) => {
  expect(givenUpAfter(cpuMs, soundMs)).toBe(seconds);
});

test('a large model on a slow machine is given the time that its first reading took, several times', () => {
  const slow = { costMs: 8_000, soundMs: 2_000 };
  expect(givenUpAfter(() => 1_000, 2_000, slow)).toBe(81);
  expect(givenUpAfter(() => 1_000, 4_000, slow)).toBe(161);
});

test('a worker that was asleep or stopped for an hour has not worked for an hour', () => {
  const effort = new Effort(2_000, { pace: quick, nowMs: 0 });
  effort.add(5, 3_600_000);
  expect(effort.spentMs).toBeLessThanOrEqual(1_000);
});

test('what a worker did before the reading began does not count', () => {
  const effort = new Effort(2_000, { pace: quick, nowMs: 0 });
  effort.add(900, 10);
  expect(effort.spentMs).toBe(10);
});
