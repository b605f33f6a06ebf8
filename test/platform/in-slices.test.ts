import { expect, test } from 'vitest';
import { inSlices } from '../../src/platform/in-slices.ts';

/** Each step takes longer than a slice. */
function* longSteps(count: number, onStep: () => void): Generator<undefined, number, undefined> {
  for (let step = 0; step < count; step++) {
    const endMs = performance.now() + 6;
    while (performance.now() < endMs);
    onStep();
    yield;
  }
  return count;
}

test('whatever else waits has its turn between the steps', async () => {
  const order: string[] = [];
  const done = inSlices(longSteps(3, () => order.push('step')));
  setImmediate(function other() {
    order.push('other');
    if (order.length < 6) setImmediate(other);
  });
  expect(await done).toBe(3);
  expect(order.slice(0, 6).filter((what) => what === 'other').length).toBeGreaterThanOrEqual(2);
  expect(order.lastIndexOf('step')).toBeGreaterThan(order.indexOf('other'));
});

test('one work is done after the other, also after one that fails', async () => {
  const order: string[] = [];
  const works = ['first', 'second'].map((name) => inSlices(longSteps(2, () => order.push(name))));
  const failing = inSlices(
    (function* (): Generator<undefined, void, undefined> {
      yield;
      throw new Error('broken');
    })(),
  );
  works.push(inSlices(longSteps(1, () => order.push('third'))));
  await expect(failing).rejects.toThrow('broken');
  await Promise.all(works);
  expect(order).toEqual(['first', 'first', 'second', 'second', 'third']);
});
