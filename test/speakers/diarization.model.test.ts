import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('the thread keeps a process alive while somebody waits for it, and not after', async () => {
  const program = join(import.meta.dirname, 'diarizing-child.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program]);
  expect(stdout.split('\n')).toEqual(['ready', 'closed', 'closed', '']);
});
