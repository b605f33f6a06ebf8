/**
 * Whether a command is lost or done twice when the process that runs it is killed at random moments, and asked again
 * for what it did not acknowledge. It needs no recordings.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killRounds } from './lib/kill-rounds.ts';
import { runBench, type Bench } from './lib/bench.ts';

await runBench(
  'kill',
  async ({ limit = 1_000, report }: Bench) => {
    const dir = mkdtempSync(join(tmpdir(), 'heed-kill-'));
    try {
      const { kills, ...counts } = await killRounds(limit, dir);
      report.add({
        identity: { what: 'SIGKILL at random moments' },
        n: kills,
        values: Object.entries(counts).map(([metric, value]) => ({ metric, value, unit: '' })),
      });
    } finally {
      rmSync(dir, { recursive: true });
    }
  },
  {},
  { needsData: false },
);
