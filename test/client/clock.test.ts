import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { nowMs } from '../../client/clock.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('time goes on while the computer sleeps, and never back', () => {
  const startMs = nowMs();
  vi.advanceTimersByTime(500);
  expect(nowMs() - startMs).toBe(500);
  vi.setSystemTime(Date.now() + 3_600_000);
  expect(nowMs() - startMs).toBe(3_600_500);
  vi.setSystemTime(Date.now() - 60_000);
  expect(nowMs() - startMs).toBe(3_600_500);
});
