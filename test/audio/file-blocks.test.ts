import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../src/audio/byte-source.ts';
import type { Container } from '../../src/audio/container.ts';
import { fileBlocks } from '../../src/audio/file-blocks.ts';
import { bytes } from './wav-file.ts';

/** A source in memory that counts how many bytes were read from it. */
function sourceOf(content: Uint8Array): ByteSource & { readBytes: number } {
  return {
    size: content.length,
    readBytes: 0,
    async read(at, length) {
      const part = content.subarray(at, at + length);
      this.readBytes += part.length;
      return part;
    },
    close: async () => undefined,
  };
}

async function blocksOf(content: Uint8Array, container: Container): Promise<Uint8Array[]> {
  const blocks: Uint8Array[] = [];
  for await (const block of fileBlocks(sourceOf(content), container)) blocks.push(block.slice());
  return blocks;
}

const big = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const box = (type: string, ...body: (string | ArrayLike<number>)[]): Uint8Array =>
  bytes(big(bytes(...body).length + 8), type, ...body);
const nest = (inner: Uint8Array): Uint8Array =>
  ['stbl', 'minf', 'mdia', 'trak', 'moov'].reduce((content, type) => box(type, content), inner);
const stco = (...offsets: number[]): Uint8Array => box('stco', big(0), big(offsets.length), ...offsets.map(big));
const co64 = (...offsets: number[]): Uint8Array =>
  box('co64', big(0), big(offsets.length), ...offsets.flatMap((offset) => [big(0), big(offset)]));

describe('A file is read', () => {
  it('whole, in its order, in bounded blocks', async () => {
    const content = Uint8Array.from({ length: 100_000 }, (_, n) => n * 7);
    const blocks = await blocksOf(content, 'mp3');
    expect(Buffer.compare(bytes(...blocks), content)).toBe(0);
    expect(Math.max(...blocks.map((block) => block.length))).toBeLessThanOrEqual(16 * 1024);
  });

  it('as FLAC with cuts in front of what may be a frame header', async () => {
    const content = new Uint8Array(40_000).fill(1);
    content.set([0xff, 0xf8, 0xc9, 0x18], 16 * 1024 - 5);
    content.set([0xff], 16 * 1024 - 1);
    const blocks = await blocksOf(content, 'flac');
    expect(blocks[0]!.length).toBe(16 * 1024 - 5);
    expect(Buffer.compare(bytes(...blocks), content)).toBe(0);
  });

  it('once, even as FLAC that looks like headers all over', async () => {
    const source = sourceOf(Uint8Array.from({ length: 200_000 }, (_, n) => (n % 2 ? 0xf8 : 0xff)));
    let length = 0;
    for await (const block of fileBlocks(source, 'flac')) length += block.length;
    expect(length).toBe(200_000);
    expect(source.readBytes).toBeLessThan(201_000);
  });
});

describe('An MP4 file with its index at the end', () => {
  const type = box('ftyp', 'M4A ');
  const sound = box('mdat', new Uint8Array(50).fill(7));
  const more = box('mdat', new Uint8Array(30).fill(9));
  const soundAt = type.length + 8;

  it.each<[string, (...offsets: number[]) => Uint8Array]>([
    ['32', stco],
    ['64', co64],
  ])('is read with the index first and its offsets of %s bits moved', async (_bits, offsets) => {
    const index = nest(offsets(soundAt, soundAt + 20));
    const moved = await blocksOf(bytes(type, sound, index), 'm4a');
    expect(bytes(...moved)).toEqual(
      bytes(type, nest(offsets(soundAt + index.length, soundAt + 20 + index.length)), sound),
    );
  });

  it('keeps the offsets of sound that stands behind the index', async () => {
    const length = nest(stco(0, 0)).length;
    const moreAt = soundAt - 8 + sound.length + length + 8;
    const moved = await blocksOf(bytes(type, sound, nest(stco(soundAt, moreAt)), more), 'm4a');
    expect(bytes(...moved)).toEqual(bytes(type, nest(stco(soundAt + length, moreAt)), sound, more));
  });

  it('is read as it is when the index comes first', async () => {
    const content = bytes(type, nest(stco(200)), sound);
    expect(bytes(...(await blocksOf(content, 'm4a')))).toEqual(content);
  });

  it.each<[string, Uint8Array]>([
    ['boxes shorter than their own head', bytes(type, sound, big(3), 'moov', new Uint8Array(20))],
    ['an index cut in its middle', bytes(type, sound, nest(stco(1, 2, 3)).subarray(0, 50))],
    ['a table longer than its box', bytes(type, sound, nest(box('stco', big(0), big(0xffffffff), big(1))))],
    ['a table without its count', bytes(type, sound, nest(bytes(box('stco'), box('free', new Uint8Array(8)))))],
    [
      'boxes inside that are longer than the index',
      bytes(type, sound, box('moov', big(5000), 'trak', new Uint8Array(20))),
    ],
  ])('with %s loses nothing', async (_name, content) => {
    expect(bytes(...(await blocksOf(content, 'm4a'))).length).toBe(content.length);
  });
});
