import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ended, isAlive } from '../processes.ts';

function run(how: string): ChildProcess {
  const parent = join(import.meta.dirname, 'parent.ts');
  return spawn(
    process.execPath,
    ['--import', 'tsx', parent, join(import.meta.dirname, 'fake-worker.js'), 'good', how],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
}

/** Returns the worker's process id, from its first reply. */
async function workerOf(parent: ChildProcess): Promise<number> {
  const [line] = (await once(parent.stdout!, 'data')) as [Buffer];
  return (JSON.parse(line.toString()) as { pid: number }).pid;
}

test.each([
  ['has nothing more to do, though its workers are there', 'idle'],
  ['calls process.exit during a reading', 'exit:30'],
])('a program ends by itself when it %s, and its workers with it', async (_, how) => {
  const parent = run(how);
  const exit = once(parent, 'exit');
  const worker = await workerOf(parent);
  expect(await exit).toEqual([0, null]);
  await ended(worker);
});

test('workers end when their parent is killed', async () => {
  const parent = run('stay');
  const worker = await workerOf(parent);
  expect(isAlive(worker)).toBe(true);
  parent.kill('SIGKILL');
  await ended(worker);
});
