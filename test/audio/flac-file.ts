import { bytes } from './wav-file.ts';

/**
 * A FLAC file, 16 kHz, 16 bits, mono, its samples stored as they are (RFC 9639, verbatim subframes of 4,096 samples).
 */
export function flacFile(samples: Int16Array): Uint8Array {
  const frames: Uint8Array[] = [];
  for (let at = 0; at < samples.length; at += 4096) frames.push(frame(samples.subarray(at, at + 4096), at / 4096));
  return bytes('fLaC', [0x80, 0, 0, 34], streamInfo(samples.length), ...frames);
}

/** The longest block that the head of a frame can tell of. */
const maxBlock = 65_535;

/** The same of silence, in as few bytes as the format allows: 14 for four seconds. */
export function silentFlac(length: number): Uint8Array {
  const frames: Uint8Array[] = [];
  for (let at = 0; at < length; at += maxBlock) {
    const last = Math.min(maxBlock, length - at) - 1;
    const head = bytes([0xff, 0xf8, 0x75, 0x08], utf8(at / maxBlock), [last >> 8, last & 255]);
    const body = bytes(head, [crc8(head), 0x00, 0, 0]);
    const check = crc16(body);
    frames.push(bytes(body, [check >> 8, check & 255]));
  }
  return bytes('fLaC', [0x80, 0, 0, 34], streamInfo(length, maxBlock), ...frames);
}

function streamInfo(length: number, block = 4096): Uint8Array {
  const info = new Uint8Array(34);
  const view = new DataView(info.buffer);
  view.setUint16(0, block);
  view.setUint16(2, block);
  // Twenty bits for the rate, three for the channels minus one, five for the bits minus one, thirty-six for the length.
  view.setBigUint64(10, (16_000n << 44n) | (15n << 36n) | BigInt(length));
  return info;
}

function frame(samples: Int16Array, number: number): Uint8Array {
  // Block size in two bytes, 16 kHz, one channel, 16 bits. The decoder library needs these in every frame.
  const head = bytes([0xff, 0xf8, 0x75, 0x08], utf8(number), [(samples.length - 1) >> 8, (samples.length - 1) & 255]);
  const body = bytes(
    head,
    [crc8(head), 0x02],
    [...samples].flatMap((sample) => [(sample >> 8) & 255, sample & 255]),
  );
  const check = crc16(body);
  return bytes(body, [check >> 8, check & 255]);
}

function utf8(value: number): Uint8Array {
  return new TextEncoder().encode(String.fromCodePoint(value));
}

function crc8(data: Uint8Array): number {
  return data.reduce((crc, byte) => rounds(crc ^ byte, 0x80, 0x07, 0xff), 0);
}

function crc16(data: Uint8Array): number {
  return data.reduce((crc, byte) => rounds(crc ^ (byte << 8), 0x8000, 0x8005, 0xffff), 0);
}

function rounds(crc: number, top: number, polynomial: number, mask: number): number {
  for (let bit = 0; bit < 8; bit++) crc = (crc & top ? (crc << 1) ^ polynomial : crc << 1) & mask;
  return crc;
}
