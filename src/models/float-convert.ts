import type { FloatType } from './model-source.ts';

const word = new Uint32Array(1);
const number = new Float32Array(word.buffer);
const maxHalf = 65_504;
let halfToFloat: Float32Array | undefined;

/**
 * Converts little-endian numbers of one type into another; f16 rounds to nearest, ties to even.
 * @returns the bytes, and whether a number was not finite or was too large for f16
 */
export function convertFloats(
  bytes: Uint8Array,
  from: FloatType,
  to: 'f32' | 'f16',
): { bytes: Uint8Array; overflows: boolean } {
  if (from === to) return { bytes, overflows: false };
  const floats = toFloat32(bytes, from);
  if (to === 'f32') return { bytes: bytesOf(floats), overflows: floats.some((value) => !Number.isFinite(value)) };
  const halves = new Uint16Array(floats.length);
  let overflows = false;
  for (let index = 0; index < floats.length; index++) {
    const value = floats[index]!;
    if (!(Math.abs(value) <= maxHalf)) overflows = true;
    halves[index] = toHalf(value);
  }
  return { bytes: bytesOf(halves), overflows };
}

function toFloat32(bytes: Uint8Array, from: FloatType): Float32Array {
  if (from === 'f32') return new Float32Array(aligned(bytes));
  const halves = new Uint16Array(aligned(bytes));
  if (from === 'f16') {
    const table = (halfToFloat ??= Float32Array.from({ length: 65_536 }, (_, bits) => fromHalf(bits)));
    return Float32Array.from(halves, (bits) => table[bits]!);
  }
  const words = Uint32Array.from(halves, (bits) => bits << 16);
  return new Float32Array(words.buffer);
}

function aligned(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

function bytesOf(numbers: Float32Array | Uint16Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function toHalf(value: number): number {
  number[0] = value;
  const bits = word[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fff_ffff;
  if (magnitude >= 0x4780_0000) return magnitude > 0x7f80_0000 ? sign | 0x7e00 : sign | 0x7c00;
  if (magnitude >= 0x3880_0000) {
    const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1) - 0x3800_0000;
    return sign | (rounded >>> 13);
  }
  // Subnormal halves are whole multiples of 2^-24. In a sum with 0.5, a 32-bit float keeps exactly those multiples, so
  // the hardware rounds to even.
  number[0] = Math.abs(value) + 0.5;
  return sign | (word[0]! - 0x3f00_0000);
}
