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
