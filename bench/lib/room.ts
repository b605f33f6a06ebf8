import { msToSamples } from '../../src/types.ts';
import { createRandom } from './random.ts';

export interface RoomOptions {
  /** How long the room's sound takes to fall by 60 dB, ms. */
  reverberationMs: number;
  /** How much louder the direct sound is than the room's, dB: 0 at some two metres. */
  directDb: number;
  /** Chooses the room. */
  seed: string;
}

/** When the first reflection arrives. */
const firstReflectionMs = 2.5;

/** Makes speech sound as if it came from afar: the room adds reflections, which are noise that decays exponentially. */
export function speakInRoom(speech: Float32Array, { reverberationMs, directDb, seed }: RoomOptions): Float32Array {
  const random = createRandom(`${seed} ${reverberationMs}`);
  const response = new Float64Array(msToSamples(reverberationMs));
  let energy = 0;
  for (let at = msToSamples(firstReflectionMs); at < response.length; at++) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    response[at] = normal * 10 ** ((-3 * at) / response.length);
    energy += response[at]! ** 2;
  }
  const gain = Math.sqrt(10 ** (-directDb / 10) / energy);
  for (let at = 0; at < response.length; at++) response[at]! *= gain;
  response[0] = 1;
  return convolve(speech, response);
}

/**
 * The result is as long as the first argument. Both are real, so one transform handles them as the two parts of complex
 * numbers.
 */
function convolve(samples: Float32Array, response: Float64Array): Float32Array {
  const size = 2 ** Math.ceil(Math.log2(samples.length + response.length));
  const [re, im] = [new Float64Array(size), new Float64Array(size)];
  re.set(samples);
  im.set(response);
  transform(re, im);
  const product = { re: new Float64Array(size), im: new Float64Array(size) };
  for (let at = 0; at < size; at++) {
    const mirror = (size - at) % size;
    const [sampleRe, sampleIm] = [(re[at]! + re[mirror]!) / 2, (im[at]! - im[mirror]!) / 2];
    const [responseRe, responseIm] = [(im[at]! + im[mirror]!) / 2, (re[mirror]! - re[at]!) / 2];
    product.re[at] = sampleRe * responseRe - sampleIm * responseIm;
    // The inverse transform is the transform of the conjugate.
    product.im[at] = -(sampleRe * responseIm + sampleIm * responseRe);
  }
  transform(product.re, product.im);
  return Float32Array.from({ length: samples.length }, (_, at) => product.re[at]! / size);
}

/** The fast Fourier transform in place; the length must be a power of two. */
function transform(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  for (let at = 1, other = 0; at < size; at++) {
    let bit = size >> 1;
    for (; other & bit; bit >>= 1) other ^= bit;
    other ^= bit;
    if (at >= other) continue;
    [re[at], re[other]] = [re[other]!, re[at]!];
    [im[at], im[other]] = [im[other]!, im[at]!];
  }
  for (let half = 1; half < size; half *= 2) {
    for (let step = 0; step < half; step++) {
      const [cos, sin] = [Math.cos((Math.PI * step) / half), -Math.sin((Math.PI * step) / half)];
      for (let low = step; low < size; low += 2 * half) {
        const high = low + half;
        const [real, imaginary] = [re[high]! * cos - im[high]! * sin, re[high]! * sin + im[high]! * cos];
        [re[high], im[high]] = [re[low]! - real, im[low]! - imaginary];
        [re[low], im[low]] = [re[low]! + real, im[low]! + imaginary];
      }
    }
  }
}
