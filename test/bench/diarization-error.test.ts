import { describe, expect, test } from 'vitest';
import { diarizationErrors, errorRate, type ScoredParts } from '../../bench/lib/diarization-error.ts';
import { readRttm, type Turn } from '../../bench/lib/rttm.ts';

/** Reads 'anna 0.5 4.2, ben 4 9.5': speaker, start and end. */
function turns(text: string): Turn[] {
  return text.split(', ').map((turn) => {
    const [speaker, start, end] = turn.split(' ');
    return { speaker: speaker!, startSeconds: Number(start), endSeconds: Number(end) };
  });
}

const meeting = {
  reference: 'anna 0.5 4.2, ben 4 9.5, anna 8.8 10.1, carl 10.4 13, anna 13 14.5, ben 14.4 19.8',
  hypothesis: 'a 0.7 4.1, b 4.3 8.9, a 8.9 10.3, b 10.5 12.2, a 12.2 14.6, b 14.5 18.9, c 19 21',
};
/** The speaker heard longest with anna must be ben, or else nobody is. */
const crossed = { reference: 'anna 0 11, ben 11 16', hypothesis: 'x 0 6, y 6 11, x 11 16' };
const overlappingThemselves = {
  reference: 'anna 0 5, anna 3 8, ben 7 9',
  hypothesis: 'x 0 8, x 6 7.5, y 7.2 9',
};
/** Names that both sides use mean nothing. */
const sameNames = { reference: 'anna 0 4, ben 4 8, carl 8 9', hypothesis: 'ben 0 5, carl 5 7.5, anna 9 11' };
const extent = { startSeconds: 2, endSeconds: 12 };

interface Case {
  title: string;
  pair: { reference: string; hypothesis: string };
  parts: ScoredParts;
  /** What pyannote.metrics 4.2.0 gives: total, missed detection, false alarm, confusion, in seconds. */
  seconds: [total: number, missed: number, falseAlarm: number, confusion: number];
}

const cases: Case[] = [
  { title: 'a meeting', pair: meeting, parts: {}, seconds: [20, 1.6, 1.5, 3.3] },
  { title: 'a collar', pair: meeting, parts: { collarSeconds: 0.25 }, seconds: [17.4, 0.625, 1.125, 3.025] },
  { title: 'a wide collar', pair: meeting, parts: { collarSeconds: 0.5 }, seconds: [15.4, 0.3, 0.95, 2.65] },
  { title: 'no overlap', pair: meeting, parts: { skipOverlap: true }, seconds: [18, 0.5, 1.5, 3.3] },
  {
    title: 'a collar and no overlap',
    pair: meeting,
    parts: { collarSeconds: 0.5, skipOverlap: true },
    seconds: [15, 0.1, 0.95, 2.65],
  },
  { title: 'a part', pair: meeting, parts: { extent }, seconds: [10.6, 1.2, 0.2, 1.5] },
  {
    title: 'a part, a collar and no overlap',
    pair: meeting,
    parts: { extent, collarSeconds: 0.5, skipOverlap: true },
    seconds: [7.3, 0, 0, 1.35],
  },
  { title: 'crossed speakers', pair: crossed, parts: {}, seconds: [16, 0, 0, 6] },
  { title: 'a speaker twice at once', pair: overlappingThemselves, parts: {}, seconds: [12, 2, 1.3, 0.2] },
  {
    title: 'a speaker twice at once and no overlap',
    pair: overlappingThemselves,
    parts: { collarSeconds: 0.5, skipOverlap: true },
    seconds: [4.5, 0, 0.75, 0],
  },
  { title: 'the same names', pair: sameNames, parts: {}, seconds: [9, 1.5, 2, 1] },
];

describe('the diarization error', () => {
  test.each(cases)('of $title is that of pyannote.metrics', ({ pair, parts, seconds }) => {
    const errors = diarizationErrors(turns(pair.reference), turns(pair.hypothesis), parts);
    for (const [index, key] of (['total', 'missed', 'falseAlarm', 'confusion'] as const).entries()) {
      expect(errors[key], key).toBeCloseTo(seconds[index]!, 9);
    }
  });

  test('is summed over recordings before it is divided', () => {
    const recordings = [
      { total: 10, missed: 1, falseAlarm: 0, confusion: 1 },
      { total: 30, missed: 0, falseAlarm: 2, confusion: 0 },
    ];
    expect(errorRate(recordings)).toBe(0.1);
  });

  test('is 1 where nobody speaks and somebody is heard, and 0 where nobody is', () => {
    expect(errorRate([diarizationErrors([], turns('x 0 1'))])).toBe(1);
    expect(errorRate([diarizationErrors([], [])])).toBe(0);
    expect(errorRate([diarizationErrors(turns('anna 0 1'), [])])).toBe(1);
  });
});

describe('RTTM', () => {
  test('gives the turns of each recording', () => {
    const text = [
      ';; a comment',
      'SPEAKER one 1 0.5 1.25 <NA> <NA> anna <NA> <NA>',
      'SPKR-INFO one 1 <NA> <NA> <NA> unknown anna <NA> <NA>',
      'SPEAKER two 1 3 1 <NA> <NA> MÉO069 <NA> <NA>\r',
      'SPEAKER one 1 1 2 <NA> <NA> ben <NA>',
      '',
    ].join('\n');
    expect(readRttm(text)).toEqual(
      new Map([
        ['one', turns('anna 0.5 1.75, ben 1 3')],
        ['two', turns('MÉO069 3 4')],
      ]),
    );
  });

  test.each([
    ['no speaker', 'SPEAKER one 1 0.5 1.25'],
    ['no number', 'SPEAKER one 1 now 1.25 <NA> <NA> anna'],
    ['a negative duration', 'SPEAKER one 1 2 -1 <NA> <NA> anna'],
  ])('is refused with %s', (_, line) => {
    expect(() => readRttm(`;;\n${line}`)).toThrow(/line 2.*SPEAKER one/);
  });
});
