import { expect, test, vi } from 'vitest';
import { playHistories } from '../../bench/lib/histories.ts';
import { playVoiceHistories } from '../../bench/lib/voice-histories.ts';
import { patient } from '../patience.ts';

vi.setConfig({ testTimeout: patient(60_000) });

test('in 1,000 random histories no command of high risk runs without a proof of its own', async () => {
  const { runs, others, violations } = await playHistories({ histories: 1_000, firstSeed: 1 });
  expect(violations).toEqual([]);
  // Otherwise the histories would show nothing.
  expect(runs).toBeGreaterThan(200);
  expect(others).toBeGreaterThan(200);
});

test('in 300 random histories no command for some voices runs, goes on or is undone without one of them', async () => {
  const { runs, others, violations } = await playVoiceHistories({ histories: 300, firstSeed: 1 });
  expect(violations).toEqual([]);
  expect(runs).toBeGreaterThan(200);
  expect(others).toBeGreaterThan(200);
});
