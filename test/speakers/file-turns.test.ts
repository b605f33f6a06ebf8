import { expect, test } from 'vitest';
import { findTurns, type FileWindow, type WindowVoice } from '../../src/speakers/file-turns.ts';
import { frameSeconds } from '../../src/speakers/timeline.ts';

const frames = 293;
const [anna, ben] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];

/** Somebody who speaks between two moments, as each of the windows of 5 s has it that begin half a second apart. */
type Said = readonly [from: number, to: number, vector: Float32Array | undefined];

function windowsOf(endSeconds: number, said: (window: number) => readonly Said[]): FileWindow[] {
  return Array.from({ length: 2 * (endSeconds - 5) + 1 }, (_, number) => {
    const startSeconds = number / 2;
    const voices = said(number).map(([from, to, vector]): WindowVoice => {
      const at = (frame: number): number => startSeconds + (frame + 0.5) * frameSeconds;
      const activity = Uint8Array.from({ length: frames }, (_value, frame) =>
        at(frame) >= from && at(frame) < to ? 255 : 0,
      );
      return { activity, vector };
    });
    return { startSeconds, frames, voices: voices.filter(({ activity }) => activity.some((value) => value > 0)) };
  });
}

/** Who speaks when, to the tenth of a second. */
function turnsOf(endSeconds: number, people: readonly Float32Array[], said: (window: number) => readonly Said[]) {
  const round = (seconds: number): number => Math.round(10 * seconds) / 10;
  const turns = findTurns({ windows: windowsOf(endSeconds, said), people, endSeconds, tauActive: 0.5 });
  return turns.map(({ speaker, start, end }) => [speaker, round(start), round(end)]);
}

test('people are told apart by what they sound like', () => {
  const said: Said[] = [
    [1, 3, anna],
    [4, 7, ben],
    [6, 12, anna],
  ];
  expect(turnsOf(12, [anna, ben], () => said)).toEqual([
    [0, 1, 3],
    [1, 4, 7],
    [0, 6, 12],
  ]);
});

test('two voices of a window that sound alike are two people', () => {
  const near = Float32Array.of(0.9, 0.44);
  const turns = turnsOf(5, [anna, ben], () => [
    [0, 3, anna],
    [2, 5, near],
  ]);
  expect(turns).toEqual([
    [0, 0, 3],
    [1, 2, 5],
  ]);
});

test('a voice that is too short to be known is whoever the windows around hear at its moments', () => {
  const turns = turnsOf(12, [anna, ben], (window) => [
    [0, 4, anna],
    [5, 5.3, window % 3 === 0 ? undefined : ben],
  ]);
  expect(turns).toEqual([
    [0, 0, 4],
    [1, 5, 5.3],
  ]);
});

test('a voice of which no window knows anything is nobody, unless there is only one person', () => {
  const said: Said[] = [[5, 5.3, undefined]];
  expect(turnsOf(12, [anna, ben], () => said)).toEqual([]);
  expect(turnsOf(12, [anna], () => said)).toEqual([[0, 5, 5.3]]);
  expect(turnsOf(12, [], () => said)).toEqual([]);
});

test('more voices than people are heard as these', () => {
  const turns = turnsOf(5, [anna], () => [
    [0, 3, anna],
    [2, 5, ben],
  ]);
  expect(turns).toEqual([[0, 0, 5]]);
});
