import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAudioDecoder, decodeWholeFile } from '../../src/audio/index.ts';
import { encodings, wavParts } from './encodings.ts';
import { cut, tone } from './signals.ts';
import { chunk, wavFile } from './wav-file.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

interface Damage {
  /** Which bytes are replaced (among the first thousand, or all of them), and by what. */
  bytes: [place: number, value: number][];
  isInHeader: boolean;
  dropped: [from: number, length: number];
  keep: number;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  bytes: fc.array(fc.tuple(fc.nat(100_000), fc.constantFrom(0, 1, 2, 127, 128, 254, 255)), {
    minLength: 1,
    maxLength: 12,
  }),
  isInHeader: fc.boolean(),
  dropped: fc.tuple(fc.nat(100_000), fc.constantFrom(0, 0, 1, 7, 64)),
  keep: fc.constantFrom(1, 1, 0.9, 0.4, 0.05),
});

function damaged(file: Uint8Array, { bytes, isInHeader, dropped: [from, length], keep }: Damage): Uint8Array {
  const copy = Uint8Array.from(file);
  const range = Math.min(isInHeader ? 80 : copy.length, copy.length);
  for (const [place, value] of bytes) copy[place % range] = value;
  const without = Uint8Array.from([
    ...copy.subarray(0, from % copy.length),
    ...copy.subarray((from % copy.length) + length),
  ]);
  return without.subarray(0, Math.ceil(without.length * keep));
}

function isSound(samples: Float32Array): boolean {
  return samples.every((sample) => sample >= -1 && sample <= 1);
}

describe('A damaged WAV stream', () => {
  it.each(encodings)('of $name is sound or a coded error', (encoding) => {
    const input = [tone({ sampleRateHz: 16_000, frequencyHz: 300, seconds: 0.05 })];
    const file = wavFile({
      ...wavParts(encoding, input),
      before: [chunk('fact', new Uint8Array(4))],
      after: [chunk('LIST', new Uint8Array(20))],
    });
    fc.assert(
      fc.property(damage, fc.integer({ min: 1, max: 300 }), (how, length) => {
        const decoder = createAudioDecoder({ encoding: 'wav' });
        const content = damaged(file, how);
        let heard = 0;
        try {
          for (const piece of cut(content, [length])) {
            const samples = decoder.push(piece);
            expect(isSound(samples)).toBe(true);
            heard += samples.length;
          }
          heard += decoder.end().length;
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-audio' });
        }
        // Two samples per byte, four times as many at the lowest rate, and the length of a filter.
        expect(heard).toBeLessThan(content.length * 8 + 1_000);
      }),
      { numRuns: 150 },
    );
  });
});

describe('A damaged file', () => {
  it.each(readdirSync(fixtures))('%s is sound or a coded error', async (name) => {
    const file = readFileSync(join(fixtures, name));
    await fc.assert(
      fc.asyncProperty(damage, async (how) => {
        const result = await decodeWholeFile(damaged(file, how)).catch((error: unknown) => error);
        if (result instanceof Float32Array) expect(isSound(result)).toBe(true);
        else expect(result).toMatchObject({ code: 'bad-audio' });
      }),
      { numRuns: 2 },
    );
  });

  it('of random bytes behind a good beginning is sound or a coded error', async () => {
    const starts = readdirSync(fixtures).map((name) => readFileSync(join(fixtures, name)).subarray(0, 64));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...starts),
        fc.uint8Array({ minLength: 500, maxLength: 5_000 }),
        async (start, rest) => {
          const result = await decodeWholeFile(Uint8Array.from([...start, ...rest])).catch((error: unknown) => error);
          if (!(result instanceof Float32Array)) expect(result).toMatchObject({ code: 'bad-audio' });
        },
      ),
      { numRuns: 6 },
    );
  });
});
