import { expect, test } from 'vitest';
import { confusionsOf, verdictOf, type Spoken } from '../../../src/cli/spoken-test/confusions.ts';
import { mixNoise, pinkNoise } from '../../../src/cli/spoken-test/noise.ts';
import { resultText } from '../../../src/cli/spoken-test/table.ts';

const lights = { command: 'lights', say: 'turn on the kitchen lights', language: 'en', contexts: [], isMeant: true };
const spoken = (came: Spoken['came'], more: Partial<Spoken['sentence']> = {}): Spoken => ({
  sentence: { ...lights, args: { room: 'kitchen' }, ...more },
  voice: 'a:b',
  came,
  heard: 'turn on the chicken lights',
});
const inRoom = (room: string) => ({ command: 'lights', args: { room } });

test('a sentence is right only with its command and its values', () => {
  expect(verdictOf(spoken([inRoom('kitchen')]))).toBe('right');
  expect(verdictOf(spoken([inRoom('cellar')]))).toBe('other values');
  expect(verdictOf(spoken([{ command: 'blinds', args: {} }]))).toBe('other command');
  expect(verdictOf(spoken([inRoom('kitchen'), inRoom('cellar')]))).toBe('other command');
  expect(verdictOf(spoken([]))).toBe('nothing');
});

test('a phrase of `not` is right unless its own command runs', () => {
  expect(verdictOf(spoken([inRoom('kitchen')], { isMeant: false }))).toBe('obeyed');
  expect(verdictOf(spoken([{ command: 'blinds', args: {} }], { isMeant: false }))).toBe('right');
  expect(verdictOf(spoken([], { isMeant: false }))).toBe('right');
});

test('tells which command and which value was taken for which, and how often', () => {
  const results = [
    spoken([inRoom('kitchen')]),
    spoken([inRoom('cellar')]),
    spoken([inRoom('cellar')]),
    spoken([]),
    spoken([inRoom('kitchen')], { isMeant: false, say: 'the lights are nice' }),
  ];
  expect(confusionsOf(results).map(({ of, meant, came, count, total }) => [of, meant, came, count, total])).toEqual([
    ['{room}', 'kitchen', 'cellar', 2, 3],
    ['command', 'lights', 'nothing', 1, 4],
    ['not', 'the lights are nice', 'lights', 1, 1],
  ]);
  expect(resultText(results)).toMatch(/quiet +1 +2 +0 +1 +1 +5\n[^]*\{room\} kitchen → cellar: 2 of 3, as in “turn on/);
});

test('noise is mixed at the ratio that was asked for, and is the same every time', () => {
  const speech = Float32Array.from({ length: 16_000 }, (_, at) => 0.2 * Math.sin(at / 9));
  const noise = pinkNoise(16_000, 7);
  expect(pinkNoise(16_000, 7)).toEqual(noise);
  const mixed = mixNoise(speech, noise, 10);
  const scale = mixed.reduce((sum, sample, at) => sum + sample * speech[at]!, 0);
  const own = speech.reduce((sum, sample) => sum + sample * sample, 0);
  const gain = scale / own;
  const rest = mixed.reduce((sum, sample, at) => sum + (sample - gain * speech[at]!) ** 2, 0);
  expect(10 * Math.log10((gain ** 2 * own) / rest)).toBeCloseTo(10, 0);
});
