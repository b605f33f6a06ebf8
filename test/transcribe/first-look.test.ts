import { expect, test } from 'vitest';
import { HeedError } from '../../src/errors.ts';
import { FirstLook } from '../../src/transcribe/first-look.ts';
import type { ReadOptions, SegmentAudio } from '../../src/transcribe/transcriber.ts';
import { FakeModel, grammar } from './fake-model.ts';

function open(main: FakeModel, quick: FakeModel): SegmentAudio {
  const audio = new FirstLook({ main, other: quick }).open('session');
  audio.append(new Float32Array(1_600));
  return audio;
}

const sure = (): boolean => true;
const unsure = (): boolean => false;
const options: ReadOptions = { segmentId: 's', priority: 'early', grammar, suffices: sure };

test('what the quick model is sure of is read once, by it', async () => {
  const [main, quick] = [new FakeModel(-1), new FakeModel(-2)];
  const read = await open(main, quick).read(options);
  expect([read.text, main.reads.length, read.inferenceMs]).toEqual(['by -2', 0, 10]);
});

test('everything else is read by the main model, whatever the quick one thinks of it', async () => {
  const [main, quick] = [new FakeModel(-1), new FakeModel(-0.1)];
  const read = await open(main, quick).read({ ...options, suffices: unsure });
  expect([read.text, read.inferenceMs, read.stageMs?.['look']]).toEqual(['by -1', 20, 10]);
});

test.each<[string, Partial<ReadOptions>]>([
  ['a reading for which nobody says what is sure', { suffices: undefined! }],
  ['another language', { language: 'de' }],
  ['a language that is not known yet', { language: 'auto' }],
])('%s is not looked at', async (_, other) => {
  const [main, quick] = [new FakeModel(-1), new FakeModel(-0.1)];
  const { suffices, ...rest } = { ...options, ...other };
  await open(main, quick).read(suffices ? { ...rest, suffices } : rest);
  expect([main.reads.length, quick.reads.length]).toEqual([1, 0]);
});

test('both read the same samples, and a segment that ends meanwhile makes the second reading final', async () => {
  const [main, quick] = [new FakeModel(-1), new FakeModel(-0.1)];
  const audio = open(main, quick);
  quick.onRead = () => {
    audio.append(new Float32Array(800));
    audio.promote();
  };
  await audio.read({ ...options, suffices: unsure });
  expect(main.reads).toMatchObject([{ endSample: 1_600, samples: 2_400, priority: 'final' }]);
});

test.each([
  ['busy', 'by -1'],
  ['aborted', undefined],
] as const)('a look that ends %s', async (code, text) => {
  const [main, quick] = [new FakeModel(-1), new FakeModel(-0.1)];
  quick.onRead = () => {
    throw new HeedError(code, 'No.');
  };
  const reading = open(main, quick).read(options);
  if (text === undefined) await expect(reading).rejects.toMatchObject({ code });
  else await expect(reading).resolves.toMatchObject({ text });
});

test('what it is, and how busy, is told of the main model', () => {
  const [main, quick] = [new FakeModel(-1), new FakeModel(-0.1, { multilingual: false })];
  expect(new FirstLook({ main, other: quick }).info.multilingual).toBe(true);
});
