import { describe, expect, test } from 'vitest';
import { Segmenter } from '../../src/vad/index.ts';
import { frameSamples } from '../../src/types.ts';
import { brief, hear, times, vadConfig } from './frames.ts';

/** Pre-roll 2 frames; the start is looked for in the 10 frames before, where the probability is 0.2 or more. */
const config = vadConfig({
  onsetThreshold: 0.2,
  lookBackMs: 320,
  preRollMs: 64,
  minSpeechMs: 64,
  readEarlyAfterMs: 96,
  redemptionMs: 256,
  fadeThreshold: 0,
});
const at = (frame: number) => frame * frameSamples;

function starts(probabilities: number[], changes = {}): string[] {
  return brief(hear(new Segmenter({ ...config, ...changes }), probabilities)).filter((line) =>
    line.startsWith('start'),
  );
}

describe('a segment begins', () => {
  test.each([
    ['where the voice was soft first', [...times(20, 0), ...times(5, 0.3), 0.9], 20],
    ['where a soft syllable was, with a stop after it', [...times(20, 0), 0.3, 0.3, ...times(5, 0), 0.9], 20],
    [
      'where speech was noticed, when nothing was heard shortly before',
      [...times(20, 0), 0.3, 0.3, ...times(7, 0), 0.9],
      29,
    ],
    ['no further back than the limit, when all before was unclear', [...times(40, 0.3), 0.9], 30],
    [
      'where the unclear stretch does that speech is in, not an earlier one',
      [...times(10, 0), 0.3, ...times(8, 0), 0.3, 0.9],
      19,
    ],
  ])('%s', (_, probabilities, spoken) => {
    expect(starts(probabilities)).toEqual([`start ${at(spoken - 2)}`]);
  });

  test('with the pre-roll alone where nothing is looked back for', () => {
    expect(starts([...times(20, 0), ...times(5, 0.3), 0.9], { lookBackMs: 0 })).toEqual([`start ${at(23)}`]);
  });

  test('after the segment before, however unclear it was between the two', () => {
    const segmenter = new Segmenter(config);
    expect(brief(hear(segmenter, [...times(4, 0.9), ...times(3, 0)])).at(-1)).toBe(`pause ${at(7)}`);
    segmenter.complete();
    expect(brief(hear(segmenter, [...times(5, 0.3), 0.9], 7))).toEqual([`start ${at(7)}`]);
  });

  test('with nothing from before a flush', () => {
    const segmenter = new Segmenter(config);
    hear(segmenter, times(8, 0.3));
    segmenter.flush();
    expect(brief(hear(segmenter, [0.9], 8))).toEqual([`start ${at(8)}`]);
  });

  test('at most half of the longest segment before speech was noticed', () => {
    expect(starts([...times(60, 0.3), 0.9], { lookBackMs: 2_000, maxSegmentMs: 1_024 })).toEqual([
      `start ${at(60 - 16)}`,
    ]);
  });
});

describe('a sound before speech', () => {
  /** Frames of one level each, dB, with a probability. */
  const play = (frames: [probability: number, levelDb: number][]) => {
    const segmenter = new Segmenter(config);
    return brief(
      frames.flatMap(([probability, levelDb], index) =>
        segmenter.push(
          { startSample: at(index), samples: new Float32Array(frameSamples).fill(10 ** (levelDb / 20)) },
          probability,
        ),
      ),
    );
  };
  const quiet = Array<[number, number]>(20).fill([0.05, -60]);

  test('belongs to it where the model does not rule it out', () => {
    expect(play([...quiet, [0.05, -45], [0.05, -45], [0.9, -20]])).toEqual([`start ${at(18)}`]);
  });

  test.each([
    ['the model rules it out', [0.01, -45]],
    ['it is hardly louder than the background', [0.05, -55]],
  ] satisfies [string, [number, number]][])('is left out where %s', (_, sound) => {
    expect(play([...quiet, sound, sound, [0.9, -20]])).toEqual([`start ${at(20)}`]);
  });

  test('is judged by the background of the last seconds, not by a silence long ago', () => {
    const noisy = Array<[number, number]>(100).fill([0.05, -40]);
    expect(play([...quiet, ...noisy, [0.9, -20]])).toEqual([`start ${at(118)}`]);
  });
});
