import type { ByteSource } from './byte-source.ts';
import type { Container } from './container.ts';
import type { DeclaredLength } from './declared.ts';
import { declaredFlac, declaredMpeg } from './declared-frames.ts';
import { declaredWebm } from './declared-webm.ts';

/** A writer that could not go back to its header left one of these, or a value near to it, as the length. */
const leastUnknownBytes = 0x7ff00000;

/**
 * Returns what a file says about its own length, to tell a file that was cut from a whole one. AMR and WMA files say
 * nothing that is read here.
 */
export async function declaredLength(source: ByteSource, container: Container): Promise<DeclaredLength> {
  switch (container) {
    case 'wav':
      return declaredWav(source);
    case 'flac':
      return (await declaredFlac(source)) ?? { isCut: await endsInsideOggPage(source) };
    case 'mp3':
    case 'aac':
      return declaredMpeg(source, container);
    case 'webm':
      return declaredWebm(source);
    case 'opus':
    case 'oga':
      return { isCut: await endsInsideOggPage(source) };
    case 'm4a':
      return { isCut: await endsInsideBox(source) };
    case 'aiff':
    case 'caf':
      return { isCut: await endsInsideChunk(source, container) };
    case 'amr':
    case 'wma':
      return { isCut: false };
  }
}

async function declaredWav(source: ByteSource): Promise<DeclaredLength> {
  let bytesPerSecond = 0;
  for (let at = 12, chunks = 0; at + 8 <= source.size && chunks < 1_000; chunks++) {
    const head = viewOf(await source.read(at, 24));
    const id = idAt(head, 0);
    const length = head.getUint32(4, true);
    if (id === 'fmt ' && head.byteLength >= 20) bytesPerSecond = head.getUint32(16, true);
    if (id === 'data') {
      const isCut = length < leastUnknownBytes && at + 8 + length > source.size;
      return { isCut, ...(isCut && bytesPerSecond > 0 ? { durationMs: (1000 * length) / bytesPerSecond } : {}) };
    }
    at += 8 + length + (length % 2);
  }
  return { isCut: false };
}

/** An Ogg page has at most 255 × 255 bytes of sound behind a head of at most 282 (RFC 3533 §6). */
const longestPageBytes = 255 * 255 + 282;

async function endsInsideOggPage(source: ByteSource): Promise<boolean> {
  const start = Math.max(0, source.size - longestPageBytes);
  const tail = await source.read(start, longestPageBytes);
  const at = Buffer.from(tail.buffer, tail.byteOffset, tail.length).lastIndexOf('OggS');
  if (at < 0) return false;
  const segments = tail[at + 26];
  if (segments === undefined || at + 27 + segments > tail.length) return true;
  const body = tail.subarray(at + 27, at + 27 + segments).reduce((sum, length) => sum + length, 0);
  return at + 27 + segments + body > tail.length;
}

/** Whether a box of an MP4 file goes on behind the end of the file. One of length 0 reaches to the end. */
async function endsInsideBox(source: ByteSource): Promise<boolean> {
  for (let at = 0, boxes = 0; at < source.size && boxes < 10_000; boxes++) {
    const head = viewOf(await source.read(at, 16));
    if (head.byteLength < 8) return true;
    const short = head.getUint32(0);
    const length = short === 1 && head.byteLength === 16 ? Number(head.getBigUint64(8)) : short;
    if (length < 8) return false;
    if (at + length > source.size) return true;
    at += length;
  }
  return false;
}

/** Whether a chunk of an AIFF or CAF file goes on behind the end of the file. */
async function endsInsideChunk(source: ByteSource, container: 'aiff' | 'caf'): Promise<boolean> {
  const isCaf = container === 'caf';
  const headBytes = isCaf ? 12 : 8;
  for (let at = isCaf ? 8 : 12, chunks = 0; at + headBytes <= source.size && chunks < 10_000; chunks++) {
    const head = viewOf(await source.read(at, headBytes));
    const length = isCaf ? Number(head.getBigInt64(4)) : head.getUint32(4);
    if (length < 0 || (!isCaf && length >= leastUnknownBytes)) return false;
    if (at + headBytes + length > source.size) return true;
    at += headBytes + length + (isCaf ? 0 : length % 2);
  }
  return false;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function idAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));
}
