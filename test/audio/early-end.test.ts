import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeWholeFile } from '../../src/audio/index.ts';
import { flacFile } from './flac-file.ts';
import { bytes, wavFile } from './wav-file.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(fixtures, name)));

const noise = Int16Array.from({ length: 100_000 }, (_, at) => (Math.imul(at, 1_664_525) + 1_013_904_223) >> 16);
const wav = wavFile({ sound: new Uint8Array(noise.buffer) });

/** Returns how much could be read, s, and what was said about an early end. */
async function readTo(share: number, file: Uint8Array): Promise<{ seconds: number; messages: string[] }> {
  const messages: string[] = [];
  const samples = await decodeWholeFile(file.subarray(0, Math.floor(share * file.length)), {
    onEarlyEnd: ({ code, message }) => messages.push(`${code} ${message}`),
  });
  return { seconds: samples.length / 16_000, messages };
}

describe('A file that', () => {
  it.each([
    ...readdirSync(fixtures).map((name): [string, Uint8Array] => [name, read(name)]),
    ['noise.flac', flacFile(noise)],
    ['noise.wav', wav],
    ['a live WAV stream', wavFile({ sound: new Uint8Array(noise.buffer), soundBytes: 0xffffffff })],
    ['an MP3 stream without a head', read('burst.mp3').subarray(headBytes(read('burst.mp3')))],
  ])('is whole ends where it should: %s', async (_name, file) => {
    expect((await readTo(1, file)).messages).toEqual([]);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['FLAC', flacFile(noise), /only \d\.\d s of 6\.3 s could be read/],
    ['MP3', read('burst.mp3'), /only 0\.\d s of 0\.5 s could be read/],
    ['WebM', read('burst.webm'), /only 0\.\d s could be read/],
    ['WAV', wav, /only 3\.7 s of 6\.3 s could be read/],
    ['M4A with its index first', read('burst.m4a'), /only 0\.\d s could be read/],
    ['fragmented MP4', read('burst-fragmented.mp4'), /only 0\.\d s could be read/],
    ['AAC', read('burst.aac'), /only 0\.\d s could be read/],
    ['AIFF', read('burst.aiff'), /only 0\.3 s could be read/],
  ])('is cut is read up to there, and its early end is told: %s', async (_name, file, message) => {
    const { seconds, messages } = await readTo(0.6, file);
    expect(seconds).toBeGreaterThan(0);
    expect(messages).toEqual([expect.stringMatching(message)]);
    expect(messages[0]).toMatch(/^bad-audio The file ends early/);
  });

  it('is an MP3 stream cut in the middle of a frame is told by that frame', async () => {
    const file = read('burst.mp3');
    const { messages } = await readTo(1, file.subarray(headBytes(file), -20));
    expect(messages).toHaveLength(1);
  });

  it('is a live WebM recording cut in the middle of a block is told by that block', async () => {
    const file = read('burst.webm');
    const segment = Buffer.from(file).indexOf(Buffer.from([0x18, 0x53, 0x80, 0x67]));
    const live = bytes(file.subarray(0, segment + 4), [1, ...Array<number>(7).fill(255)], file.subarray(segment + 12));
    expect((await readTo(1, live)).messages).toEqual([]);
    expect((await readTo(0.7, live)).messages).toHaveLength(1);
  });

  it('has garbage in its middle is refused by callers that want it whole', async () => {
    const cut = read('burst.m4a').subarray(0, 30);
    await expect(decodeWholeFile(cut)).rejects.toMatchObject({ code: 'bad-audio' });
    await expect(readTo(1, cut)).rejects.toMatchObject({ code: 'bad-audio' });
  });
});

/** The first frame of an MP3 file, which holds its head and no sound, and the tag before it. */
function headBytes(file: Uint8Array): number {
  const start = file[0] === 0x49 ? 10 + file[9]! + 128 * file[8]! : 0;
  for (let at = start + 4; at < file.length; at++) {
    if (file[at] === 0xff && file[at + 1] === file[start + 1]) return at;
  }
  return 0;
}
