import { expect, test } from 'vitest';
import { StreamDiarizer } from '../../src/speakers/stream-diarizer.ts';
import { models, options, speech } from './number-models.ts';

const rate = 16_000;

function heardIn(diarizer: StreamDiarizer, samples: Float32Array): number[] {
  return [...new Set(diarizer.push(samples).flatMap(({ speakers }) => speakers))];
}

test('a number that was given in the first seconds, by mistake, is never given to somebody else', () => {
  const diarizer = new StreamDiarizer(
    models((samples) => samples > 3 * rate && samples < 4 * rate),
    options,
  );
  expect(heardIn(diarizer, speech(1, 4.5))).toEqual([0, 1]);
  expect(heardIn(diarizer, speech(1, 3))).toEqual([0]);
  diarizer.push(speech(2, 4));
  expect(heardIn(diarizer, speech(2, 4))).toEqual([2]);
});

test('a voice keeps its number over a first whole window in which nobody speaks', () => {
  const diarizer = new StreamDiarizer(models(), options);
  expect(heardIn(diarizer, speech(1, 2))).toEqual([0]);
  diarizer.push(speech(0, 6), { isLate: true });
  expect(heardIn(diarizer, speech(0, 1))).toEqual([]);
  diarizer.push(speech(1, 1));
  expect(heardIn(diarizer, speech(1, 2))).toEqual([0]);
});

test('the models look at no window without speech, and at all of one with any', () => {
  const looked: number[] = [];
  const { segmentation, encoder } = models();
  const openStream = () => (samples: Float32Array, start: number) => {
    looked.push(start / rate + samples.length / rate);
    return segmentation.run(samples);
  };
  const diarizer = new StreamDiarizer({ segmentation: { ...segmentation, openStream }, encoder }, options);
  const hear = (seconds: number, hasSpeech: boolean): number[] =>
    Array.from({ length: 2 * seconds }, () => diarizer.push(speech(hasSpeech ? 1 : 0, 0.5), { hasSpeech }))
      .flat()
      .map(({ speakers }) => speakers.length);
  expect(hear(3, false)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(looked).toEqual([]);
  expect(hear(1, true)).toEqual([1, 1]);
  expect(looked).toEqual([3.5, 4]);
  hear(7, false);
  // The last window that begins before the speech ends is that which ends at 8.5 s.
  expect(looked.at(-1)).toBe(8.5);
  expect(hear(1, true)).toEqual([1, 1]);
  expect(diarizer.who(2, 12).turns.map(({ speaker }) => speaker)).toEqual([0, 0]);
});

test('with a limit of one voice, all are one', () => {
  const diarizer = new StreamDiarizer(models(), { ...options, maxSpeakers: 1 });
  expect(heardIn(diarizer, speech(1, 6))).toEqual([0]);
  diarizer.push(speech(2, 6));
  expect(heardIn(diarizer, speech(3, 6))).toEqual([0]);
  expect(diarizer.who(12, 18).turns.map(({ speaker }) => speaker)).toEqual([0]);
});
