import { expect, test } from 'vitest';
import { frameSamples } from '../../src/types.ts';
import { FrameExchange } from '../../src/vad/frame-exchange.ts';

const frame = (id: number, value: number) => ({
  stream: { id },
  samples: new Float32Array(frameSamples).fill(value),
});

/** Both sides, as the process and its thread have them; here in one thread. */
function bothSides(): { process: FrameExchange; thread: FrameExchange } {
  const process = new FrameExchange();
  return { process, thread: new FrameExchange(process.memory) };
}

test('a batch goes over whole, and its probabilities come back in order', async () => {
  const { process, thread } = bothSides();
  const heard = process.hear([frame(7, 0.25), frame(9, -0.5)]);
  const { batch, messages } = thread.wait();
  expect(messages).toBe(false);
  expect([...batch!.streams]).toEqual([7, 9]);
  expect(batch!.samples.length).toBe(2 * frameSamples);
  expect([batch!.samples[frameSamples - 1], batch!.samples[frameSamples]]).toEqual([0.25, -0.5]);
  thread.answer(Float32Array.of(0.125, 0.75));
  expect([...(await heard)!.subarray(0, 2)]).toEqual([0.125, 0.75]);
});

test('a batch that failed has no probabilities, and the next one is heard', async () => {
  const { process, thread } = bothSides();
  const failed = process.hear([frame(1, 1)]);
  thread.wait();
  thread.answer(undefined);
  expect(await failed).toBeUndefined();
  const heard = process.hear([frame(1, 1)]);
  expect(thread.wait().batch!.streams.length).toBe(1);
  thread.answer(Float32Array.of(1));
  expect((await heard)![0]).toBe(1);
});

test('a message wakes the thread without a batch, and beside one', () => {
  const { process, thread } = bothSides();
  process.tellOfMessages();
  expect(thread.wait()).toEqual({ messages: true, batch: undefined });
  void process.hear([frame(3, 0)]);
  process.tellOfMessages();
  const { messages, batch } = thread.wait();
  expect([messages, batch!.streams[0]]).toEqual([true, 3]);
});
