import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { killRounds } from '../../bench/lib/kill-rounds.ts';
import { patient } from '../patience.ts';

vi.setConfig({ testTimeout: patient(60_000) });

test('no command is lost or done twice when its process is killed', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'heed-kill-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const result = await killRounds(15, dir, 7);
  expect(result).toMatchObject({ lost: 0, twice: 0 });
  // The test has seen both: commands that ended, and some that were killed.
  expect(result.done).toBeGreaterThan(0);
  expect(result.unknown).toBeGreaterThan(0);
});
