import { expect, test } from 'vitest';
import { HeedError } from '../../src/errors.ts';
import { SecondOpinion } from '../../src/transcribe/second-opinion.ts';
import type { ReadOptions, SegmentAudio } from '../../src/transcribe/transcriber.ts';
import { FakeModel, grammar } from './fake-model.ts';

function open(first: FakeModel, second: FakeModel): SegmentAudio {
  const audio = new SecondOpinion({ main: first, other: second }).open('session');
  audio.append(new Float32Array(1_600));
  return audio;
}

const options: ReadOptions = { segmentId: 's', priority: 'final', grammar };

test.each([
  ['a sure command is read once', -0.1, -0.01, 'by -0.1', 0],
  ['the second reads what the first is unsure of, and the surer counts', -1, -0.5, 'by -0.5', 1],
  ['the first stays where the second is less sure', -1, -2, 'by -1', 1],
  ['the first stays where the second finds no command', -1, undefined, 'by -1', 1],
  ['what is far from every command is read once', undefined, -0.1, 'by undefined', 0],
])('%s', async (_, nats, otherNats, text, seconds) => {
  const [first, second] = [new FakeModel(nats), new FakeModel(otherNats)];
  const read = await open(first, second).read(options);
  expect([read.text, second.reads.length]).toEqual([text, seconds]);
  expect([read.inferenceMs, read.stageMs?.['second']]).toEqual(seconds === 0 ? [10, undefined] : [20, 10]);
});

test('free readings, partials among them, are read once', async () => {
  const [first, second] = [new FakeModel(-1), new FakeModel(-0.1)];
  await open(first, second).read({ segmentId: 's', priority: 'partial' });
  expect(second.reads).toEqual([]);
});

test('both read the same samples, whatever came meanwhile, in the language that the first one heard', async () => {
  const [first, second] = [new FakeModel(-1), new FakeModel(-0.1)];
  const audio = open(first, second);
  first.onRead = () => audio.append(new Float32Array(800));
  await audio.read({ ...options, language: 'auto' });
  expect(second.reads).toMatchObject([{ endSample: 1_600, samples: 2_400, language: 'de' }]);
});

test('an English model is not asked about another language', async () => {
  const [first, second] = [new FakeModel(-1), new FakeModel(-0.1, { multilingual: false })];
  expect((await open(first, second).read({ ...options, language: 'auto' })).text).toBe('by -1');
});

test('a segment that ends meanwhile makes the second reading final', async () => {
  const [first, second] = [new FakeModel(-1), new FakeModel(-0.1)];
  const audio = open(first, second);
  first.onRead = () => audio.promote();
  await audio.read({ ...options, priority: 'early' });
  expect(second.reads).toMatchObject([{ priority: 'final' }]);
  expect([first.promoted, second.promoted]).toEqual([1, 1]);
});

test.each([
  ['busy', 'by -1'],
  ['aborted', undefined],
] as const)('a second reading that ends %s', async (code, text) => {
  const [first, second] = [new FakeModel(-1), new FakeModel(-0.1)];
  second.onRead = () => {
    throw new HeedError(code, 'No.');
  };
  const reading = open(first, second).read(options);
  if (text === undefined) await expect(reading).rejects.toMatchObject({ code });
  else await expect(reading).resolves.toMatchObject({ text });
});

test('closes what it has opened', async () => {
  const [first, second] = [new FakeModel(-1), new FakeModel(-1)];
  const both = new SecondOpinion({ main: first, other: second });
  both.open('session').close();
  await both.close();
  expect([first.closed, second.closed]).toEqual([
    ['audio', 'model'],
    ['audio', 'model'],
  ]);
});
