import { HeedError } from '../errors.ts';
import type { ByteSource } from './byte-source.ts';
import type { Container } from './container.ts';

/** How many bytes are passed on at once. */
const blockBytes = 16 * 1024;

const maxIndexBytes = 64 * 1024 * 1024;

/** A stretch of the source, or bytes that replace one. */
type Piece = { at: number; length: number } | Uint8Array;

/** Yields the source's bytes in the order that the format's decoder needs, cut where it needs them cut. */
export async function* fileBlocks(source: ByteSource, container: Container): AsyncGenerator<Uint8Array> {
  const pieces = container === 'm4a' ? await indexFirst(source) : [{ at: 0, length: source.size }];
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) yield piece;
    else yield* readBlocks(source, piece, container);
  }
}

async function* readBlocks(
  source: ByteSource,
  { at, length }: { at: number; length: number },
  container: Container,
): AsyncGenerator<Uint8Array> {
  const end = at + length;
  while (at < end) {
    const block = await source.read(at, Math.min(blockBytes, end - at));
    if (block.length === 0) return;
    const cut = container === 'flac' && at + block.length < end ? beforeFlacHeader(block) : block.length;
    yield block.subarray(0, cut);
    at += cut;
  }
}

const maxFlacHeaderBytes = 16;

/**
 * Moves a cut in front of what may be a frame header. The decoder library misses a header that comes in two parts, and
 * with it two frames of sound.
 */
export function beforeFlacHeader(block: Uint8Array): number {
  let cut = block.length;
  for (let at = block.length - 1; at > 0 && at >= block.length - maxFlacHeaderBytes; at--) {
    const isSync = block[at] === 0xff && (at + 1 === block.length || (block[at + 1]! & 0xfe) === 0xf8);
    if (isSync) cut = at;
  }
  return cut;
}

/**
 * Recorders write the index of an MP4 file (`moov`) after the sound, so that a decoder would have to hold all of the
 * sound until the index comes. Here the index is moved to the front and its offsets are corrected (ISO/IEC 14496-12
 * §8.7.5).
 */
async function indexFirst(source: ByteSource): Promise<Piece[]> {
  const boxes = await topLevelBoxes(source);
  const index = boxes.find((box) => box.type === 'moov');
  const sound = boxes.find((box) => box.type === 'mdat');
  if (!index || !sound || index.at < sound.at) return [{ at: 0, length: source.size }];
  if (index.length > maxIndexBytes) {
    throw new HeedError(
      'bad-audio',
      `An MP4 index of at most ${maxIndexBytes} bytes was expected, but ${index.length} came. ` +
        'Convert the file to FLAC.',
    );
  }
  const bytes = (await source.read(index.at, index.length)).slice();
  shiftOffsets(bytes.subarray(8), { before: index.at, by: index.length });
  const after = index.at + index.length;
  return [
    { at: 0, length: sound.at },
    bytes,
    { at: sound.at, length: index.at - sound.at },
    { at: after, length: source.size - after },
  ];
}

interface Box {
  type: string;
  at: number;
  length: number;
}

async function topLevelBoxes(source: ByteSource): Promise<Box[]> {
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= source.size && boxes.length < 10_000;) {
    const head = await source.read(at, 16);
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    let length = view.getUint32(0);
    if (length === 1 && head.length === 16) length = Number(view.getBigUint64(8));
    if (length === 0 || at + length > source.size) length = source.size - at;
    if (length < 8) break;
    boxes.push({ type: boxType(head, 0), at, length });
    at += length;
  }
  return boxes;
}

const offsetParents = new Set(['trak', 'mdia', 'minf', 'stbl']);

/** Adds `by` to the offsets of sound that lies before a position in the file. */
function shiftOffsets(boxes: Uint8Array, shift: { before: number; by: number }): void {
  const view = new DataView(boxes.buffer, boxes.byteOffset, boxes.byteLength);
  for (let at = 0; at + 16 <= boxes.length;) {
    const length = view.getUint32(at);
    if (length < 8 || at + length > boxes.length) return;
    const type = boxType(boxes, at);
    if (offsetParents.has(type)) shiftOffsets(boxes.subarray(at + 8, at + length), shift);
    else if (type === 'stco' || type === 'co64')
      shiftTable(boxes.subarray(at + 12, at + length), { ...shift, isLong: type === 'co64' });
    at += length;
  }
}

/** @param table a count, then that many offsets */
function shiftTable(table: Uint8Array, { before, by, isLong }: { before: number; by: number; isLong: boolean }): void {
  if (table.length < 4) return;
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  const entryBytes = isLong ? 8 : 4;
  const count = Math.min(view.getUint32(0), Math.floor((table.length - 4) / entryBytes));
  for (let place = 4; place < 4 + count * entryBytes; place += entryBytes) {
    const offset = isLong ? Number(view.getBigUint64(place)) : view.getUint32(place);
    if (offset >= before) continue;
    if (isLong) view.setBigUint64(place, BigInt(offset + by));
    else view.setUint32(place, offset + by);
  }
}

function boxType(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at + 4, at + 8));
}
