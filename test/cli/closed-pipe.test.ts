import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { endOnClosedPipe } from '../../src/cli/closed-pipe.ts';

const failure = (code: string): Error => Object.assign(new Error(code), { code });

test('a process ends quietly when nobody reads its output any more', () => {
  const stream = new PassThrough() as unknown as NodeJS.WriteStream;
  const ends: number[] = [];
  endOnClosedPipe([stream], (code) => ends.push(code));
  endOnClosedPipe([stream], (code) => ends.push(code));
  stream.emit('error', failure('EPIPE'));
  expect(ends).toEqual([141]);
  expect(() => stream.emit('error', failure('ENOSPC'))).toThrow('ENOSPC');
});

test('the built command line writes no stack into a pipe that was closed', async () => {
  const child = spawn(process.execPath, ['bin/heed.js', 'models', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const errors: string[] = [];
  child.stderr.on('data', (text: Buffer) => errors.push(text.toString()));
  await once(child, 'close');
  expect(errors.join('')).toBe('');
  expect([0, 141]).toContain(child.exitCode);
});
