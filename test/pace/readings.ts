// The pace of tests with a model: how long the default model takes to read a second of speech.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { provideSlowness } from './provide.ts';

/** What that takes on a quiet machine of two cores. */
const quietMs = 100;

export default async function measure(project: TestProject): Promise<void> {
  // In a process of its own, which takes the model with it when it ends.
  const program = join(import.meta.dirname, 'read-a-second.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program]);
  provideSlowness(project, Number(stdout), quietMs);
}
