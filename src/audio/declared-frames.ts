import type { ByteSource } from './byte-source.ts';
import type { DeclaredLength } from './declared.ts';

/** Returns what the STREAMINFO of a FLAC file says; undefined for FLAC inside Ogg (RFC 9639 §8.2). */
export async function declaredFlac(source: ByteSource): Promise<DeclaredLength | undefined> {
  const at = await afterId3(source);
  const head = await source.read(at, 26);
  if (head.length < 26 || String.fromCharCode(...head.subarray(0, 4)) !== 'fLaC') return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const rateHz = view.getUint32(18) >>> 12;
  const samples = (view.getUint8(21) & 15) * 2 ** 32 + view.getUint32(22);
  return rateHz === 0 || samples === 0
    ? { isCut: false }
    : { isCut: false, isExact: true, durationMs: (1000 * samples) / rateHz };
}

/** How much of the end is looked at: several frames, of which the longest has 8,191 bytes. */
const tailBytes = 32 * 1024;
/** So many frames in a row are no coincidence. */
const leastFrames = 3;

/**
 * Returns what the head of an MP3 file says (Xing, Info or VBRI); without one, whether the last frame is whole. AAC
 * files (ADTS) have no head.
 */
export async function declaredMpeg(source: ByteSource, container: 'mp3' | 'aac'): Promise<DeclaredLength> {
  const start = await afterId3(source);
  if (container === 'mp3') {
    const durationMs = durationInHead(await source.read(start, 256));
    if (durationMs !== undefined) return { isCut: false, isExact: true, durationMs };
  }
  const from = Math.max(start, source.size - tailBytes);
  const tail = await source.read(from, tailBytes);
  const lengthAt = container === 'mp3' ? mp3LengthAt : adtsLengthAt;
  for (let first = 0; first < tail.length; first++) {
    let [at, frames] = [first, 0];
    for (let length = lengthAt(tail, at); length > 0; length = lengthAt(tail, at))
      [at, frames] = [at + length, frames + 1];
    if (frames >= leastFrames) return { isCut: at > tail.length };
  }
  return { isCut: false };
}

function durationInHead(head: Uint8Array): number | undefined {
  const frame = mp3Frame(head, 0);
  if (!frame) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const id = (at: number): string => String.fromCharCode(...head.subarray(at, at + 4));
  const at = 4 + frame.sideBytes;
  let frames = 0;
  if (head.length >= at + 12 && ['Xing', 'Info'].includes(id(at)) && view.getUint32(at + 4) & 1)
    frames = view.getUint32(at + 8);
  else if (head.length >= 54 && id(36) === 'VBRI') frames = view.getUint32(50);
  return frames === 0 ? undefined : (1000 * frames * frame.samples) / frame.rateHz;
}

// By version and layer (ISO/IEC 11172-3 §2.4.2.3, 13818-3), in kbit/s.
const bitRates = {
  '1 1': [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1 2': [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1 3': [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2 1': [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2 2': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  '2 3': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const sampleRatesHz = [44_100, 48_000, 32_000] as const;

interface Mp3Frame {
  rateHz: number;
  samples: number;
  /** The bytes between the frame's header and a Xing head. */
  sideBytes: number;
  length: number;
}

function mp3Frame(bytes: Uint8Array, at: number): Mp3Frame | undefined {
  if (at + 4 > bytes.length || bytes[at] !== 0xff || (bytes[at + 1]! & 0xe0) !== 0xe0) return undefined;
  const [second, third, fourth] = [bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!];
  const version = (second >> 3) & 3;
  const layer = 4 - ((second >> 1) & 3);
  const fullRateHz = sampleRatesHz[(third >> 2) & 3];
  const group = version === 3 ? 1 : 2;
  const kbits = layer < 4 && version !== 1 ? bitRates[`${group} ${layer as 1 | 2 | 3}`][third >> 4] : undefined;
  if (!kbits || fullRateHz === undefined) return undefined;
  const rateHz = version === 3 ? fullRateHz : version === 2 ? fullRateHz / 2 : fullRateHz / 4;
  const samples = layer === 1 ? 384 : layer === 3 && group === 2 ? 576 : 1152;
  const padding = (third >> 1) & 1;
  const slotBytes = layer === 1 ? 4 : 1;
  const length = (Math.floor((samples * kbits * 125) / rateHz / slotBytes) + padding) * slotBytes;
  const isMono = fourth >> 6 === 3;
  const sideBytes = group === 1 ? (isMono ? 17 : 32) : isMono ? 9 : 17;
  return { rateHz, samples, sideBytes, length };
}

function mp3LengthAt(bytes: Uint8Array, at: number): number {
  return mp3Frame(bytes, at)?.length ?? 0;
}

function adtsLengthAt(bytes: Uint8Array, at: number): number {
  if (at + 6 > bytes.length || bytes[at] !== 0xff || (bytes[at + 1]! & 0xf6) !== 0xf0) return 0;
  const length = ((bytes[at + 3]! & 3) << 11) | (bytes[at + 4]! << 3) | (bytes[at + 5]! >> 5);
  return length < 7 ? 0 : length;
}

/** Returns where an ID3v2 tag at the start ends (id3.org/id3v2.4.0-structure §3.1), or 0. */
async function afterId3(source: ByteSource): Promise<number> {
  const head = await source.read(0, 10);
  if (head.length < 10 || String.fromCharCode(...head.subarray(0, 3)) !== 'ID3') return 0;
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + (head[at]! & 0x7f), 0);
  return 10 + size + (head[5]! & 0x10 ? 10 : 0);
}
