import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeAudioFile, decodeWholeFile } from '../../src/audio/index.ts';
import { flacFile } from './flac-file.ts';
import { largestDifference, level, tone } from './signals.ts';
import { bytes, wavFile } from './wav-file.ts';

// Made from a computed tone with the encoders of ffmpeg.
const fixtures = join(import.meta.dirname, 'fixtures');
const folder = mkdtempSync(join(tmpdir(), 'heed-audio-'));

function file(name: string, content: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Half a second with a tone of 500 Hz, at half of full scale, from 0.15 to 0.35 s. */
function expectBurst(samples: Float32Array): void {
  const ms = (from: number, to: number): Float32Array => samples.subarray(from * 16, to * 16);
  expect(samples.length / 16).toBeGreaterThanOrEqual(500);
  // Without an edit list, the padding of the codec stays in the sound.
  expect(samples.length / 16).toBeLessThan(525);
  expect(level(ms(180, 330))).toBeGreaterThan(0.32);
  expect(level(ms(180, 330))).toBeLessThan(0.38);
  expect(level(ms(0, 120))).toBeLessThan(0.02);
  expect(level(ms(400, 500))).toBeLessThan(0.02);
  const crossings = [...ms(200, 300)].filter((sample, n, all) => n > 0 && sample < 0 !== all[n - 1]! < 0).length;
  expect(Math.abs(crossings - 100)).toBeLessThanOrEqual(2);
}

describe('The sound of a file', () => {
  it.each(readdirSync(fixtures))('%s is read', async (name) => {
    expectBurst(await decodeWholeFile(join(fixtures, name)));
  });

  it.each(['burst.opus', 'burst.m4a'])(
    '%s is told by its bytes, not its name, and may be given as bytes',
    async (name) => {
      const content = readFileSync(join(fixtures, name));
      const samples = await decodeWholeFile(file(`${name}.txt`, content));
      expectBurst(samples);
      expect(await decodeWholeFile(content)).toEqual(samples);
    },
  );

  it('as FLAC is whole over all block cuts', async () => {
    let state = 1;
    const noise = Int16Array.from(
      { length: 100_000 },
      () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0) >> 16,
    );
    const samples = await decodeWholeFile(flacFile(noise));
    // The library uses 32,767 for full scale.
    expect(
      largestDifference(
        samples,
        Float32Array.from(noise, (sample) => sample / 32_768),
      ),
    ).toBeLessThan(4e-5);
  });

  it('as WAV comes block by block and resampled', async () => {
    const samples = tone({ sampleRateHz: 48_000, frequencyHz: 1_000, seconds: 1 });
    const content = wavFile({ sampleRateHz: 48_000, bits: 32, tag: 3, sound: new Uint8Array(samples.buffer) });
    const parts: Float32Array[] = [];
    for await (const part of decodeAudioFile(file('tone.wav', content))) parts.push(part);
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.reduce((sum, part) => sum + part.length, 0)).toBe(16_000);
  });

  it('may be none at all', async () => {
    expect(await decodeWholeFile(wavFile({ sound: new Uint8Array(0) }))).toHaveLength(0);
  });
});

describe('A file is refused', () => {
  it.each<[string, Uint8Array, string, RegExp]>([
    ['when it is empty', new Uint8Array(0), 'bad-audio', /an empty file came/],
    ['when it is text', bytes('turn on the lights'), 'bad-audio', /something else came/],
    [
      'when it is WAV cut in its header',
      wavFile({ sound: new Uint8Array(8) }).subarray(0, 30),
      'bad-audio',
      /inside its header/,
    ],
    ['when it is a FLAC head and nothing more', bytes('fLaC', new Uint8Array(64)), 'bad-audio', /looks like flac/],
    ['when it is an Ogg page of garbage', bytes('OggS', new Uint8Array(200).fill(99)), 'bad-audio', /looks like oga/],
    ['when it is MP4 without sound', bytes([0, 0, 0, 12], 'ftypM4A '), 'bad-audio', /looks like m4a/],
  ])('%s', async (_name, content, code, message) => {
    await expect(decodeWholeFile(content)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('when it is too large', async () => {
    await expect(decodeWholeFile(wavFile({ sound: new Uint8Array(100) }), { maxBytes: 143 })).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('144 came'),
    });
  });

  it('when it is not there', async () => {
    await expect(decodeWholeFile(join(folder, 'missing.wav'))).rejects.toMatchObject({ code: 'not-found' });
  });

  it('when it is a folder', async () => {
    await expect(decodeWholeFile(folder)).rejects.toMatchObject({
      code: 'bad-audio',
      message: expect.stringContaining('is a folder or a device'),
    });
  });

  it.runIf(process.platform !== 'win32')('when it is a pipe that nobody writes to', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    await expect(decodeWholeFile(path)).rejects.toMatchObject({ code: 'bad-audio' });
  });
});

describe('Reading a file', () => {
  it('does not begin after an abort', async () => {
    await expect(
      decodeWholeFile(wavFile({ sound: new Uint8Array(4) }), { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'aborted' });
  });

  it.each(['burst.flac', 'burst.m4a'])('of %s ends at an abort', async (name) => {
    const abort = new AbortController();
    const reading = decodeWholeFile(join(fixtures, name), { signal: abort.signal });
    abort.abort();
    await expect(reading).rejects.toMatchObject({ code: 'aborted' });
  });

  it('may stop early, and goes well after a file that failed', async () => {
    for await (const samples of decodeAudioFile(join(fixtures, 'burst.flac'))) {
      expect(samples.length).toBeGreaterThan(0);
      break;
    }
    await expect(decodeWholeFile(bytes('fLaC', new Uint8Array(64)))).rejects.toMatchObject({ code: 'bad-audio' });
    expectBurst(await decodeWholeFile(join(fixtures, 'burst.mp3')));
  });

  it('of several files at a time mixes nothing up', async () => {
    const names = ['burst.opus', 'burst.flac', 'burst.mp3', 'burst.m4a'];
    for (const samples of await Promise.all(names.map((name) => decodeWholeFile(join(fixtures, name)))))
      expectBurst(samples);
  });
});
