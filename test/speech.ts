/**
 * Speech for tests: a synthesizer for any sentence, and one recording of a human voice. All of it comes from npm
 * packages.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { decodeWholeFile } from '../src/audio/decode-file.ts';
import { espeak } from '../src/cli/spoken-test/espeak.ts';
import { msToSamples } from '../src/types.ts';

const require = createRequire(import.meta.url);
const cacheDir = join(import.meta.dirname, '../node_modules/.cache/heed-speech');

export interface SpeakOptions {
  /** An eSpeak voice: a language such as `en-us`, `de`, `fr`, `es`, optionally with a variant such as `en-us+f3`. */
  voice?: string;
  /** Words per minute. */
  rate?: number;
}

/** Speaks a sentence; 16 kHz mono. A sentence that was spoken before comes from a cache. */
export async function speak(text: string, { voice = 'en-us', rate = 150 }: SpeakOptions = {}): Promise<Float32Array> {
  const name = createHash('sha256')
    .update(JSON.stringify([text, voice, rate]))
    .digest('hex')
    .slice(0, 24);
  const path = join(cacheDir, `${name}.f32`);
  try {
    return new Float32Array(new Uint8Array(readFileSync(path)).buffer);
  } catch {
    // The sentence was not spoken before.
  }
  const wav = await espeak(text, { voice, wordsPerMinute: rate });
  const samples = await decodeWholeFile(wav);
  mkdirSync(cacheDir, { recursive: true });
  // Written elsewhere and renamed, because test files run side by side.
  const part = `${path}.${process.pid}`;
  writeFileSync(part, new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
  renameSync(part, path);
  return samples;
}

/** What is said in `humanSample`, as whisper writes it. */
export const humanText =
  'And so my fellow Americans ask not what your country can do for you ask what you can do for your country';

/** whisper.cpp's own sample: a human voice, 11 s, 16 kHz mono. */
export async function humanSample(): Promise<Float32Array> {
  const whisper = join(dirname(require.resolve('nodejs-whisper/package.json')), 'cpp/whisper.cpp');
  return await decodeWholeFile(join(whisper, 'samples/jfk.mp3'));
}

/** Returns the samples with silence around them, ms. */
export function withSilence(samples: Float32Array, { beforeMs = 500, afterMs = 1_000 } = {}): Float32Array {
  const before = msToSamples(beforeMs);
  const padded = new Float32Array(before + samples.length + msToSamples(afterMs));
  padded.set(samples, before);
  return padded;
}

/** White noise with a given root mean square, the same for each seed. */
export function whiteNoise(length: number, { rms = 0.01, seed = 1 } = {}): Float32Array {
  let state = seed >>> 0;
  const peak = rms * Math.sqrt(3);
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 31 - 1) * peak;
  });
}

/** Adds noise, repeated if it is shorter, so that the mean power of speech over that of the noise is `snrDb`. */
export function mix(speech: Float32Array, noise: Float32Array, snrDb: number): Float32Array {
  const gain = Math.sqrt(meanPower(speech) / meanPower(noise) / 10 ** (snrDb / 10));
  return speech.map((sample, index) => sample + gain * noise[index % noise.length]!);
}

function meanPower(samples: Float32Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
}
