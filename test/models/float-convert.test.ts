import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convertFloats } from '../../src/models/float-convert.ts';

const bytesOf = (numbers: ArrayLike<number> & { buffer: ArrayBufferLike }): Uint8Array =>
  new Uint8Array(numbers.buffer);
const halvesIn = (bytes: Uint8Array): Uint16Array => new Uint16Array(bytes.slice().buffer);
const floatsIn = (bytes: Uint8Array): Float32Array => new Float32Array(bytes.slice().buffer);
const allHalves = Uint16Array.from({ length: 65_536 }, (_, bits) => bits).filter((bits) => (bits & 0x7c00) !== 0x7c00);

describe('convertFloats', () => {
  test('keeps every finite half through 32 bits and back', () => {
    const { bytes } = convertFloats(bytesOf(allHalves), 'f16', 'f32');
    expect(halvesIn(convertFloats(bytes, 'f32', 'f16').bytes)).toEqual(allHalves);
  });

  test.each([
    ['one', 0x3c00, 1],
    ['minus two', 0xc000, -2],
    ['the largest', 0x7bff, 65_504],
    ['the smallest', 0x0001, 2 ** -24],
    ['the largest subnormal', 0x03ff, 1023 * 2 ** -24],
    ['minus zero', 0x8000, -0],
    ['a third', 0x3555, 0.333251953125],
  ])('reads %s', (_, bits, value) => {
    expect(floatsIn(convertFloats(bytesOf(Uint16Array.of(bits)), 'f16', 'f32').bytes)[0]).toBe(value);
  });

  test('rounds to the nearest half, and a tie to the even one', () => {
    const halfOf = (bits: number): number =>
      floatsIn(convertFloats(bytesOf(Uint16Array.of(bits)), 'f16', 'f32').bytes)[0]!;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7bfe }), fc.double({ min: 0, max: 1, noNaN: true }), (bits, part) => {
        const [low, high] = [halfOf(bits), halfOf(bits + 1)];
        const value = Math.fround(low + part * (high - low));
        const [toLow, toHigh] = [value - low, high - value];
        const nearest = toLow < toHigh || (toLow === toHigh && bits % 2 === 0) ? bits : bits + 1;
        expect(halvesIn(convertFloats(bytesOf(Float32Array.of(value, -value)), 'f32', 'f16').bytes)).toEqual(
          Uint16Array.of(nearest, nearest | 0x8000),
        );
      }),
    );
  });

  test('reads bf16 as the upper half of a 32 bit number', () => {
    const floats = Float32Array.of(1, -0.15625, 3.0e5, 0);
    const upper = Uint16Array.from(new Uint32Array(floats.buffer), (word) => word >>> 16);
    expect(floatsIn(convertFloats(bytesOf(upper), 'bf16', 'f32').bytes)).toEqual(
      Float32Array.of(1, -0.15625, 299_008, 0),
    );
  });

  test.each([65_505, -70_000, 1e30, Infinity, NaN])('reports that %d does not fit 16 bits', (value) => {
    expect(convertFloats(bytesOf(Float32Array.of(0, value)), 'f32', 'f16').overflows).toBe(true);
  });

  test('accepts bytes that begin at an odd address', () => {
    const odd = Uint8Array.of(99, 0x00, 0x3c).subarray(1);
    expect(floatsIn(convertFloats(odd, 'f16', 'f32').bytes)).toEqual(Float32Array.of(1));
  });
});
