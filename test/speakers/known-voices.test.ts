import { expect, test } from 'vitest';
import { nameVoices } from '../../src/speakers/index.ts';

const vector = (...values: number[]): Float32Array => Float32Array.from(values);

test('a voice has the name of the known one that it is like', () => {
  const known = [
    { name: 'anna', vector: vector(1, 0, 0) },
    { name: 'bo', vector: vector(0, 1, 0) },
  ];
  expect(nameVoices([vector(0.1, 2, 0), vector(0, 0, 1), vector(3, 0.5, 0)], known)).toEqual(['bo', undefined, 'anna']);
});

test('nobody has two voices: the nearer one has the name', () => {
  const known = [{ name: 'anna', vector: vector(1, 0) }];
  expect(nameVoices([vector(1, 0.5), vector(1, 0.1)], known)).toEqual([undefined, 'anna']);
});

test('without anybody who is known, nobody has a name', () => {
  expect(nameVoices([vector(1, 0)], [])).toEqual([undefined]);
  expect(nameVoices([], [{ name: 'anna', vector: vector(1, 0) }])).toEqual([]);
});
