import { expect, test } from 'vitest';
import { frameSeconds, Timeline } from '../../src/speakers/timeline.ts';

const frames = 293;
const always = (value: number): Float32Array => new Float32Array(frames).fill(value);

test('windows that overlap are put together, and turns are where somebody is active', () => {
  const timeline = new Timeline(2);
  const half = always(0).map((_, frame) => (frame >= 146 ? 0.9 : 0.1));
  timeline.add(0, frames, new Map([[0, half]]));
  timeline.add(0.5, frames, new Map([[0, always(0).map((_, frame) => (frame >= 117 ? 0.9 : 0.1))]]));
  const [turn, ...others] = timeline.turns(0, 5.5, 2, 0.5);
  expect(others).toEqual([]);
  expect(turn!.start).toBeCloseTo(146 * frameSeconds, 1);
  expect(turn!.end).toBeCloseTo(5.5, 1);
});

test('the middle of a window counts more than its edges', () => {
  const timeline = new Timeline(1);
  timeline.add(0, frames, new Map([[0, always(1)]]));
  timeline.add(2.5, frames, new Map([[0, always(0)]]));
  expect(timeline.activity(Math.round(2.7 / frameSeconds), 0)).toBeGreaterThan(0.8);
  expect(timeline.activity(Math.round(4.8 / frameSeconds), 0)).toBeLessThan(0.2);
});

test('a stream may go on for hours, and what is long past is forgotten', () => {
  const timeline = new Timeline(1);
  for (let second = 0; second < 3_600; second += 5) timeline.add(second, frames, new Map([[0, always(1)]]));
  expect(timeline.turns(0, 10, 1, 0.5)).toEqual([]);
  expect(timeline.turns(3_550, 3_600, 1, 0.5)).toHaveLength(1);
});

test('where windows were left out, what was there 90 s before does not count', () => {
  const timeline = new Timeline(1);
  for (let second = 0; second < 90; second += 5) timeline.add(second, frames, new Map([[0, always(1)]]));
  timeline.add(100, frames, new Map([[0, always(0)]]));
  expect(timeline.turns(90.1, 105, 1, 0.5)).toEqual([]);
  timeline.add(1_000, frames, new Map([[0, always(0)]]));
  expect(timeline.turns(900, 1_005, 1, 0.5)).toEqual([]);
});
