import { describe, expect, test } from 'vitest';
import { cutPoints, mainSpeaker, speakerBetween } from '../../src/session/who-spoke.ts';

const turn = (speaker: number, start: number, end: number) => ({ speaker, start, end });

describe('an utterance is cut where another person goes on', () => {
  test('in the middle of the silence between them', () => {
    expect(cutPoints([turn(0, 1, 3), turn(1, 3.4, 5)], 1, 5)[0]).toBeCloseTo(3.2, 1);
  });

  test('where the first one ends, if they speak at once', () => {
    expect(cutPoints([turn(0, 1, 3), turn(1, 2.5, 5)], 1, 5)[0]).toBeCloseTo(3, 1);
  });

  test('at each change', () => {
    const cuts = cutPoints([turn(0, 0, 1), turn(1, 1.1, 2), turn(0, 2.1, 3)], 0, 3);
    expect(cuts.map((cut) => cut.toFixed(1))).toEqual(['1.1', '2.1']);
  });

  test('not for a short sound of somebody else, nor for pauses', () => {
    expect(cutPoints([turn(0, 0, 1), turn(1, 1, 1.2), turn(0, 1.3, 3)], 0, 3)).toEqual([]);
    expect(cutPoints([turn(0, 0, 1), turn(0, 2, 3)], 0, 3)).toEqual([]);
    expect(cutPoints([turn(0, 0, 4), turn(1, 1, 3)], 0, 4)).toEqual([]);
  });

  test('only within the utterance', () => {
    expect(cutPoints([turn(1, 0, 2), turn(0, 2, 4)], 2.5, 4)).toEqual([]);
    expect(cutPoints([], 0, 4)).toEqual([]);
  });
});

test('who speaks most is whose it is', () => {
  const turns = [turn(2, 0, 1), turn(0, 0.8, 3)];
  expect(mainSpeaker(turns, 0, 3)).toBe(0);
  expect(mainSpeaker(turns, 0, 0.9)).toBe(2);
  expect(mainSpeaker(turns, 5, 6)).toBeUndefined();
});

test('a word during which somebody else speaks, too, is an overlap', () => {
  const turns = [turn(0, 0, 2), turn(1, 1, 3)];
  expect(speakerBetween(turns, 0.2, 0.8)).toEqual({ speaker: 0, isOverlap: false });
  expect(speakerBetween(turns, 1.2, 1.8)).toMatchObject({ isOverlap: true });
  expect(speakerBetween(turns, 2.2, 2.8)).toEqual({ speaker: 1, isOverlap: false });
});
