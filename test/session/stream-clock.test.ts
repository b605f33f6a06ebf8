import { expect, test } from 'vitest';
import { StreamClock } from '../../src/session/index.ts';
import { msToSamples } from '../../src/types.ts';

test('goes on only while the recording is heard, and rings what is due in the order in which it is due', () => {
  const clock = new StreamClock();
  const rung: string[] = [];
  clock.after(200, () => rung.push('second'));
  clock.after(100, () => rung.push('first'));
  clock.after(201, () => rung.push('late'));
  const callOff = clock.after(50, () => rung.push('called off'));
  callOff();
  expect(clock.nowMs()).toBe(0);
  clock.advance(msToSamples(99));
  expect(rung).toEqual([]);
  clock.advance(msToSamples(101));
  expect(clock.nowMs()).toBe(200);
  expect(rung).toEqual(['first', 'second']);
});
