import { expect, test, vi } from 'vitest';
import { Listeners } from '../../client/listeners.ts';

test('a listener gets what it listens to until it is removed', () => {
  const listeners = new Listeners();
  const levels: number[] = [];
  const stop = listeners.on('level', (level) => levels.push(level));
  listeners.on('connection', () => levels.push(9));
  listeners.emit('level', 0.5);
  stop();
  listeners.emit('level', 0.6);
  expect(levels).toEqual([0.5]);
});

test('a listener that throws stops no other, and its error is not swallowed', () => {
  vi.useFakeTimers();
  const listeners = new Listeners();
  const levels: number[] = [];
  listeners.on('level', () => {
    throw new Error('of the page');
  });
  listeners.on('level', (level) => levels.push(level));
  listeners.emit('level', 1);
  expect(levels).toEqual([1]);
  expect(() => vi.runAllTimers()).toThrow('of the page');
  vi.useRealTimers();
});
