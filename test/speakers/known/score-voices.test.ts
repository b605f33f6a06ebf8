import { expect, test } from 'vitest';
import { logOdds, sureCosine, type Calibration } from '../../../src/speakers/known/calibration.ts';
import { scoreVoices } from '../../../src/speakers/known/score-voices.ts';

const calibration: Calibration = {
  constant: -10,
  cosineWeight: 20,
  lengthWeight: 0,
  longWeight: 2,
  minSeconds: 0.7,
  threshold: 0.9,
};

function voice(name: string, ...vector: number[]) {
  return { name, pieces: [{ vector: Float32Array.from(vector), seconds: 3 }] };
}

test('a voice that sounds the same is likely, and another is not', () => {
  const scores = scoreVoices(
    { vector: Float32Array.of(1, 0), seconds: 2 },
    [voice('other', 0, 1), voice('same', 2, 0)],
    calibration,
  );
  expect(scores.map(({ name }) => name)).toEqual(['same', 'other']);
  expect(scores[0]!.score).toBeGreaterThan(0.99);
  expect(scores[1]!.score).toBeLessThan(0.01);
});

test('two voices that sound alike are both unsure, and add up to one at most', () => {
  const scores = scoreVoices(
    { vector: Float32Array.of(1, 0), seconds: 2 },
    [voice('one', 1, 0), voice('two', 1, 0)],
    calibration,
  );
  for (const { score } of scores) expect(score).toBeCloseTo(0.5, 2);
});

test('the more people are known, the surer it must be', () => {
  const spoken = { vector: Float32Array.of(1, 1.7), seconds: 2 };
  const alone = scoreVoices(spoken, [voice('one', 1, 0)], calibration)[0]!.score;
  const others = Array.from({ length: 9 }, (_, i) => voice(`${i}`, 0, -1));
  const among = scoreVoices(spoken, [voice('one', 1, 0), ...others], calibration)[0]!.score;
  expect(among).toBeLessThan(alone / 2);
});

test('the cosine of a long piece from which somebody is surely meant has the score of the threshold', () => {
  const odds = logOdds(calibration, sureCosine(calibration), 60);
  expect(1 / (1 + Math.exp(-odds))).toBeCloseTo(calibration.threshold, 6);
});

test('longer pieces count for more, and nobody is anybody where nobody is known', () => {
  const pieces = [
    { vector: Float32Array.of(1, 0), seconds: 9 },
    { vector: Float32Array.of(0, 1), seconds: 1 },
  ];
  const [first] = scoreVoices({ vector: Float32Array.of(1, 0), seconds: 1 }, [{ name: 'a', pieces }], calibration);
  const [second] = scoreVoices({ vector: Float32Array.of(0, 1), seconds: 1 }, [{ name: 'a', pieces }], calibration);
  expect(first!.score).toBeGreaterThan(second!.score);
  expect(scoreVoices({ vector: Float32Array.of(1, 0), seconds: 1 }, [], calibration)).toEqual([]);
});

test('more speech than was measured makes nothing surer', () => {
  expect(logOdds(calibration, 0.8, 40)).toBe(logOdds(calibration, 0.8, 4));
  expect(logOdds(calibration, 0.8, 2)).toBeGreaterThan(logOdds(calibration, 0.8, 1));
});
