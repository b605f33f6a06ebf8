import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAudioDecoder } from '../../src/audio/audio-decoder.ts';
import type { AudioFormat } from '../../src/audio/format.ts';
import { concatSamples } from '../../src/audio/concat-samples.ts';
import { encodings, wavParts } from './encodings.ts';
import { cut, isSame, largestDifference, middle, tone } from './signals.ts';
import { bytes, chunk, wavFile } from './wav-file.ts';

function decode(format: AudioFormat, pieces: Iterable<Uint8Array>): Float32Array {
  const decoder = createAudioDecoder(format);
  const parts = [...pieces].map((piece) => decoder.push(piece));
  return concatSamples([...parts, decoder.end()]);
}

/** Makes one tone per channel, all equally loud. */
function frames(channels: number, sampleRateHz: number, seconds = 0.1): Float32Array[] {
  return Array.from({ length: channels }, (_, channel) =>
    tone({ sampleRateHz, frequencyHz: 200 + 150 * channel, seconds, amplitude: 0.6 }),
  );
}

const mean = (channels: readonly Float32Array[]): Float32Array =>
  channels[0]!.map((_, n) => channels.reduce((sum, channel) => sum + channel[n]!, 0) / channels.length);
const bytesOf = (samples: Float32Array): Uint8Array =>
  new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
const wide = encodings.filter(({ name }) => name !== 'MS ADPCM');

describe.each(encodings)('WAV as $name', (encoding) => {
  it.each(wide.includes(encoding) ? [1, 2, 3, 6, 8] : [1, 2])('with %d channels is their mean', (channels) => {
    const input = frames(channels, 16_000);
    const output = decode({ encoding: 'wav' }, [wavFile(wavParts(encoding, input))]);
    expect(largestDifference(output.subarray(0, input[0]!.length), mean(input))).toBeLessThan(encoding.error);
  });

  it.each([8_000, 11_025, 22_050, 44_100, 48_000, 96_000])('at %d Hz comes out at 16 kHz', (rateHz) => {
    const input = frames(1, rateHz);
    const output = decode({ encoding: 'wav' }, [wavFile(wavParts(encoding, input, rateHz))]);
    // The last ADPCM block is padded.
    expect(output.length).toBeGreaterThanOrEqual(1_600);
    const ideal = tone({ sampleRateHz: 16_000, frequencyHz: 200, seconds: 0.1, amplitude: 0.6 });
    expect(largestDifference(middle(output.subarray(0, 1_600)), middle(ideal))).toBeLessThan(encoding.error + 0.001);
  });

  it('is the same wherever the bytes are cut', () => {
    for (const [channels, rateHz] of [
      [1, 16_000],
      [2, 44_100],
      [1, 8_000],
    ] as const) {
      const file = wavFile({
        ...wavParts(encoding, frames(channels, rateHz, 0.05), rateHz),
        before: [chunk('LIST', new Uint8Array(27))],
        after: [chunk('id3 ', new Uint8Array(5))],
      });
      const whole = decode({ encoding: 'wav' }, [file]);
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 8 }), (lengths) => {
          expect(isSame(decode({ encoding: 'wav' }, cut(file, lengths)), whole)).toBe(true);
        }),
        { numRuns: 15, examples: [[[1]], [[3, 1, 2]]] },
      );
    }
  });
});

describe('Raw audio', () => {
  it.each<[string, AudioFormat]>([
    ['16-bit integers at 48 kHz, stereo', { encoding: 'pcm_s16le', sampleRate: 48_000, channels: 2 }],
    ['16-bit integers at 16 kHz', { encoding: 'pcm_s16le', sampleRate: 16_000, channels: 1 }],
    ['32-bit floats at 44.1 kHz', { encoding: 'pcm_f32le', sampleRate: 44_100, channels: 1 }],
    ['32-bit floats at 11,025 Hz, 5 channels', { encoding: 'pcm_f32le', sampleRate: 11_025, channels: 5 }],
  ])('as %s is the same wherever it is cut', (_name, format) => {
    const { channels, sampleRate } = format as Extract<AudioFormat, { channels: number }>;
    const { encode } = encodings.find(
      ({ name }) => name === (format.encoding === 'pcm_s16le' ? '16-bit integers' : '32-bit floats'),
    )!;
    const raw = encode(frames(channels, sampleRate, 0.05));
    const whole = decode(format, [raw]);
    expect(whole.length).toBe(800);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 8 }), (lengths) => {
        expect(isSame(decode(format, cut(raw, lengths)), whole)).toBe(true);
      }),
      { numRuns: 25, examples: [[[1]]] },
    );
  });

  it('of any bytes is finite and at most 1 loud', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 3 }), (raw, channels) => {
        for (const encoding of ['pcm_s16le', 'pcm_f32le'] as const) {
          expect(
            decode({ encoding, sampleRate: 22_050, channels }, [raw]).every((sample) => sample >= -1 && sample <= 1),
          ).toBe(true);
        }
      }),
    );
  });
});

describe('Chunks that are WAV files each', () => {
  const format = { encoding: 'wav-chunks' } as const;
  const whole = tone({ sampleRateHz: 44_100, frequencyHz: 300, seconds: 0.3 });
  const wav = (samples: Float32Array, sampleRateHz = 44_100): Uint8Array =>
    wavFile({ tag: 3, bits: 32, sampleRateHz, sound: bytesOf(samples) });

  it('become one continuous sound', () => {
    const pieces = [0, 4_410, 8_000, 8_001].map((at, n, all) => wav(whole.slice(at, all[n + 1])));
    expect(isSame(decode(format, pieces), decode({ encoding: 'wav' }, [wav(whole)]))).toBe(true);
  });

  it('may differ in their sample rate', () => {
    const output = decode(format, [
      wav(whole),
      wav(tone({ sampleRateHz: 8_000, frequencyHz: 300, seconds: 0.3 }), 8_000),
    ]);
    expect(output.length).toBe(9_600);
  });

  it('may be empty, without bytes or without sound', () => {
    expect(decode(format, [wav(whole.subarray(0, 0)), new Uint8Array(0), wav(whole)]).length).toBe(4_800);
  });

  it('are refused when one is cut in its header', () => {
    expect(() => decode(format, [wav(whole), wav(whole).subarray(0, 20)])).toThrow(
      expect.objectContaining({ code: 'bad-audio' }),
    );
  });
});

describe('A decoder', () => {
  const broken = bytes('this is no audio at all');

  it('takes nothing more after an error', () => {
    const decoder = createAudioDecoder({ encoding: 'wav' });
    expect(() => decoder.push(broken)).toThrow(expect.objectContaining({ code: 'bad-audio' }));
    expect(() => decoder.push(wavFile({ sound: new Uint8Array(8) }))).toThrow(
      expect.objectContaining({ code: 'closed' }),
    );
  });

  it('takes nothing more after its end', () => {
    const decoder = createAudioDecoder({ encoding: 'pcm_s16le', sampleRate: 16_000, channels: 1 });
    decoder.end();
    expect(() => decoder.push(new Uint8Array(2))).toThrow(expect.objectContaining({ code: 'closed' }));
    expect(() => decoder.end()).toThrow(expect.objectContaining({ code: 'closed' }));
  });

  it('limits how much may come before the sound', () => {
    const decoder = createAudioDecoder({ encoding: 'wav' }, { maxHeaderBytes: 100 });
    expect(() =>
      decoder.push(wavFile({ sound: new Uint8Array(2), before: [chunk('LIST', new Uint8Array(60))] })),
    ).toThrow(expect.objectContaining({ code: 'bad-audio', message: expect.stringContaining('more than 100 bytes') }));
  });

  it('buffers a bounded amount whatever comes', () => {
    const decoder = createAudioDecoder({ encoding: 'pcm_f32le', sampleRate: 96_000, channels: 1 });
    let heard = 0;
    for (let tenth = 0; tenth < 50; tenth++) heard += decoder.push(bytesOf(new Float32Array(9_600))).length;
    // What has not come out yet is still buffered: less than 4 ms.
    expect(5 * 16_000 - heard).toBeLessThan(64);
  });
});
