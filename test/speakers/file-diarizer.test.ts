import { expect, test } from 'vitest';
import { FileDiarizer } from '../../src/speakers/file-diarizer.ts';
import { FileEncoder } from '../../src/speakers/file-encoder.ts';
import type { NativeEncoder } from '../../src/speakers/native-encoder.ts';
import { encoder } from './number-encoder.ts';
import { models, options, speech } from './number-models.ts';

const anyCount = { min: 1, max: 20 };

/** Who speaks when in a recording, to the tenth of a second: speaker, start, end. */
function turnsOf(parts: readonly Float32Array[], count = anyCount): number[][] {
  const diarizer = new FileDiarizer(models(), options);
  for (const part of parts) diarizer.push(part);
  const round = (seconds: number): number => Math.round(10 * seconds) / 10;
  return diarizer.finish(count).turns.map(({ speaker, start, end }) => [speaker, round(start), round(end)]);
}

test('people who take turns are told apart, in the order in which they are first heard', () => {
  expect(turnsOf([speech(2, 4), speech(0, 1), speech(1, 6), speech(0, 2), speech(2, 20)])).toEqual([
    [0, 0, 4],
    [1, 5, 11],
    [0, 13, 33],
  ]);
});

test('it does not matter in which pieces the sound comes', () => {
  const whole = [speech(1, 7), speech(3, 8), speech(1, 4.3)];
  const samples = Float32Array.from(whole.flatMap((part) => [...part]));
  const pieces: Float32Array[] = [];
  for (let from = 0; from < samples.length; from += 4_321) pieces.push(samples.subarray(from, from + 4_321));
  expect(turnsOf(pieces)).toEqual(turnsOf(whole));
});

test.each([1, 2, 4.9, 5, 5.2, 7.5, 11])('a recording of %d s is heard to its end', (seconds) => {
  expect(turnsOf([speech(1, seconds)])).toEqual([[0, 0, Math.round(10 * seconds) / 10]]);
});

test('nobody speaks in silence, nor in nothing', () => {
  expect(turnsOf([speech(0, 30)])).toEqual([]);
  expect(turnsOf([])).toEqual([]);
  expect(new FileDiarizer(models(), options).finish(anyCount).voices).toEqual([]);
});

test('all are one person where there is only one', () => {
  expect(turnsOf([speech(1, 8), speech(2, 8)], { min: 1, max: 1 })).toEqual([[0, 0, 16]]);
});

test('the end may be asked for twice, for different numbers of people', () => {
  const diarizer = new FileDiarizer(models(), options);
  diarizer.push(speech(1, 8));
  diarizer.push(speech(2, 8.4));
  expect(diarizer.finish(anyCount).voices).toHaveLength(2);
  expect(diarizer.finish({ min: 1, max: 1 }).voices).toHaveLength(1);
  expect(diarizer.finish(anyCount).voices).toHaveLength(2);
});

test.each([2.3, 5, 10])('windows of %d s find their voices in the blocks of the encoder', (durationSeconds) => {
  const { native } = encoder();
  const pool: NativeEncoder['pool'] = (features, weights) => {
    const vector = new Float32Array(3);
    vector[Math.round(native.pool(features, weights)[0]!)] = 1;
    return vector;
  };
  const own = models();
  own.encoder.openFile = () => new FileEncoder({ ...native, pool });
  const diarizer = new FileDiarizer(own, { ...options, durationSeconds });
  for (const part of [speech(1, 8), speech(2, 13), speech(1, 4.3)]) diarizer.push(part);
  const turns = diarizer.finish(anyCount).turns.map(({ speaker, start, end }) => [speaker, start, end].map(Math.round));
  expect(turns).toEqual([
    [0, 0, 8],
    [1, 8, 21],
    [0, 21, 25],
  ]);
});
