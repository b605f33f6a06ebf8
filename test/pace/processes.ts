// The pace of tests without a model: how long a Node process takes to start and to end.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestProject } from 'vitest/node';
import { provideSlowness } from './provide.ts';

/** What one start takes on a quiet machine of two cores. */
const quietMs = 50;
const starts = 3;

export default async function measure(project: TestProject): Promise<void> {
  const startMs = performance.now();
  for (let start = 0; start < starts; start++) await once(spawn(process.execPath, ['--eval', '']), 'close');
  provideSlowness(project, (performance.now() - startMs) / starts, quietMs);
}
