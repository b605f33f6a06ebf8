import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodeAudioFile } from '../../src/audio/index.ts';
import { flacFile, silentFlac } from './flac-file.ts';

/** The samples of the pieces in which a file is decoded. */
async function piecesOf(file: Uint8Array): Promise<number[]> {
  const pieces: number[] = [];
  for await (const samples of decodeAudioFile(file)) pieces.push(samples.length);
  return pieces;
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

test('minutes of silence in a few kilobytes never stand in memory as a whole, and none of them is lost', async () => {
  const samples = 600 * 16_000;
  const file = silentFlac(samples);
  expect(file.length).toBeLessThan(2_500);
  const pieces = await piecesOf(file);
  expect(sum(pieces)).toBe(samples);
  expect(Math.max(...pieces)).toBeLessThan(3_000_000);
});

test('a dense file whose frames begin anywhere is decoded as a whole', async () => {
  const noise = Int16Array.from({ length: 50_000 }, (_, at) => (at * 7919) % 65_536);
  expect(sum(await piecesOf(flacFile(noise)))).toBe(noise.length);
});

/** The priorities of the threads of this process, 0 for usual ones; the first is that of the process's own. */
function priorities(): number[] {
  return readdirSync('/proc/self/task').map((thread) => {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'latin1');
    // Behind the name of the program, which may hold spaces, the seventeenth field.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
  });
}

test.runIf(process.platform === 'linux')('a file is decoded in a thread that gives way to all others', async () => {
  const usual = priorities()[0];
  await piecesOf(silentFlac(16_000));
  expect(priorities()[0]).toBe(usual);
  expect(priorities().filter((priority) => priority === 19)).toHaveLength(1);
});
