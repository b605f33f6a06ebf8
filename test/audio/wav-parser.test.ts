import { describe, expect, it } from 'vitest';
import { concatSamples } from '../../src/audio/concat-samples.ts';
import { WavParser } from '../../src/audio/wav-parser.ts';
import { bytes, chunk, ds64Chunk, formatChunk, uint32, wavFile } from './wav-file.ts';

/** Sixteen-bit samples 1, 2, 3 … as bytes. */
const sound = (count: number): Uint8Array => new Uint8Array(Int16Array.from({ length: count }, (_, n) => n + 1).buffer);
const list = chunk('LIST', bytes('INFOISFT', uint32(5), 'heed\0\0'));

/** The file's samples as 16-bit integers. */
function parse(file: Uint8Array): number[] {
  const parser = new WavParser();
  return [...concatSamples([parser.push(file), parser.end()])].map((sample) => Math.round(sample * 32_768));
}

const ten = Array.from({ length: 10 }, (_, n) => n + 1);

describe('The sound of a WAV file', () => {
  it.each<[string, Uint8Array]>([
    ['that is plain', wavFile({ sound: sound(10) })],
    [
      'with chunks before the sound',
      wavFile({ sound: sound(10), before: [chunk('fact', uint32(10)), list, chunk('junk', new Uint8Array(33))] }),
    ],
    [
      'with an odd chunk before the sound that is not padded',
      wavFile({ sound: sound(10), before: [chunk('LIST', bytes('INFOI'), { isPadded: false })] }),
    ],
    [
      'with an odd chunk before the sound whose padding is a letter',
      wavFile({ sound: sound(10), before: [bytes('LIST', uint32(5), 'INFOI', 'x')] }),
    ],
    ['with chunks behind the sound', wavFile({ sound: sound(10), after: [list] })],
    [
      'with an unknown chunk behind the sound',
      wavFile({ sound: sound(10), after: [chunk('abcd', new Uint8Array(400))] }),
    ],
    ['whose length is zero', wavFile({ sound: sound(10), soundBytes: 0 })],
    ['whose length is 0xFFFFFFFF', wavFile({ sound: sound(10), soundBytes: 0xffffffff })],
    ['whose length is far too long', wavFile({ sound: sound(10), soundBytes: 0x7ffff000 })],
    ['whose length is too short', wavFile({ sound: sound(10), soundBytes: 6 })],
    [
      'of more than 4 GB (RF64)',
      wavFile({ riff: 'RF64', sound: sound(10), soundBytes: 0xffffffff, before: [ds64Chunk(20)], after: [list] }),
    ],
    [
      'of an RF64 stream without a length',
      wavFile({ riff: 'RF64', sound: sound(10), soundBytes: 0xffffffff, before: [ds64Chunk(0)] }),
    ],
    ['that was cut in the middle of a sample', wavFile({ sound: sound(11) }).subarray(0, -1)],
    [
      'with a second format chunk',
      wavFile({ sound: sound(10), before: [formatChunk({ sampleRateHz: 8_000, channels: 2 })] }),
    ],
  ])('%s', (_name, file) => {
    expect(parse(file)).toEqual(ten);
  });

  it.each<[string, Parameters<typeof chunk>[2]]>([
    ['with', { isPadded: true }],
    ['without', { isPadded: false }],
  ])('of an odd length %s its padding is not followed by the next chunk', (_name, padding) => {
    const odd = bytes(
      'RIFF',
      uint32(0),
      'WAVE',
      formatChunk({ bits: 8 }),
      chunk('data', Uint8Array.of(129, 130, 131), padding),
      list,
    );
    expect(parse(odd)).toEqual([256, 512, 768]);
  });

  it('whose length is too short goes on although its bytes look like letters', () => {
    const letters = bytes('abcdefghijklmnopqrstuvwxyz');
    expect(parse(wavFile({ bits: 8, sound: letters, soundBytes: 6 }))).toEqual(
      [...letters].map((value) => (value - 128) * 256),
    );
  });

  it('of zero length is nothing when another chunk follows', () => {
    expect(parse(wavFile({ sound: sound(0), after: [list] }))).toEqual([]);
  });
});

describe('A WAV stream', () => {
  it('without a byte is silence', () => {
    expect(new WavParser().end()).toHaveLength(0);
  });

  it('that ends in its header is an error', () => {
    const file = wavFile({ sound: sound(10) });
    for (let length = 1; length < 44; length++) {
      const parser = new WavParser();
      parser.push(file.subarray(0, length));
      expect(() => parser.end(), `${length} bytes`).toThrow(
        expect.objectContaining({ code: 'bad-audio', message: expect.stringContaining('inside its header') }),
      );
    }
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['of something else', bytes('Set the kitchen lights'), /"RIFF".*expected/],
    ['of another RIFF format', bytes('RIFF', uint32(4), 'AVI LIST'), /"WAVE" were expected/],
    ['of big-endian WAV', bytes('RIFX', uint32(4), 'WAVEfmt '), /"RIFF".*expected/],
    ['without a format', bytes('RIFF', uint32(0), 'WAVE', chunk('data', sound(2))), /"fmt " chunk was expected/],
    [
      'with a header that never ends',
      wavFile({ sound: sound(1), before: [chunk('JUNK', new Uint8Array(2 ** 20))] }),
      /more than 1048576 bytes came before the sound/,
    ],
  ])('%s is refused', (_name, file, message) => {
    expect(() => new WavParser().push(file)).toThrow(
      expect.objectContaining({ code: 'bad-audio', message: expect.stringMatching(message) }),
    );
  });
});
