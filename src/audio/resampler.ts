import { sampleRateHz } from '../types.ts';
import { filterBank, type FilterBank } from './filter-bank.ts';

/** How many input samples are processed at once, so that memory stays bounded however much the caller pushes. */
const blockSamples = 1024;

/**
 * Converts a stream to 16 kHz with a polyphase windowed-sinc filter: flat to 7.2 kHz, 80 dB down from 8 kHz (or at 0.45
 * and 0.5 of a lower input rate). Output sample n lies exactly at input time n / 16,000 s, and is the same however the
 * input is cut.
 */
export class Resampler {
  private readonly inputRate: number;
  private readonly outputRate: number;
  private readonly bank: FilterBank;
  /** The inputs that future outputs still need; before the first input there is silence. */
  private readonly window: Float32Array;
  private filled: number;
  /**
   * The window index of the input at or before the next output, and the remainder in units of 1/outputRate of an input.
   */
  private position: number;
  private remainder = 0;
  private inputs = 0;
  private outputs = 0;

  constructor(inputRateHz: number) {
    const divisor = greatestCommonDivisor(inputRateHz, sampleRateHz);
    this.inputRate = inputRateHz / divisor;
    this.outputRate = sampleRateHz / divisor;
    this.bank = filterBank(this.inputRate, this.outputRate);
    const half = this.bank.taps / 2;
    this.window = new Float32Array(this.bank.taps + blockSamples);
    this.filled = half - 1;
    this.position = half - 1;
  }

  /** Returns the outputs that these inputs make possible; about 3 ms stay buffered. */
  push(samples: Float32Array): Float32Array {
    if (this.inputRate === this.outputRate) return samples;
    const output = new Float32Array(
      Math.ceil(((samples.length + this.bank.taps) * this.outputRate) / this.inputRate) + 1,
    );
    let written = 0;
    this.inputs += samples.length;
    for (let at = 0; at < samples.length; at += blockSamples) {
      const block = samples.subarray(at, at + blockSamples);
      this.window.set(block, this.filled);
      this.filled += block.length;
      written = this.produce(output, written);
      this.discard();
    }
    this.outputs += written;
    return output.subarray(0, written);
  }

  /** Returns the rest, so that the output lasts as long as the input. */
  end(): Float32Array {
    if (this.inputRate === this.outputRate) return new Float32Array(0);
    const total = Math.ceil((this.inputs * this.outputRate) / this.inputRate);
    const missing = total - this.outputs;
    const rest = this.push(new Float32Array(this.bank.taps));
    return rest.subarray(0, Math.max(0, missing));
  }

  private produce(output: Float32Array, written: number): number {
    const { window, outputRate, inputRate, bank } = this;
    const { taps, rows, phases } = bank;
    const half = taps / 2;
    const isExact = phases === outputRate;
    while (this.position + half < this.filled) {
      const first = this.position - half + 1;
      let sum = 0;
      if (isExact) {
        const row = this.remainder * taps;
        for (let tap = 0; tap < taps; tap++) sum += rows[row + tap]! * window[first + tap]!;
      } else {
        const point = (this.remainder * phases) / outputRate;
        const phase = Math.floor(point);
        const share = point - phase;
        const row = phase * taps;
        for (let tap = 0; tap < taps; tap++) {
          const below = rows[row + tap]!;
          sum += (below + (rows[row + taps + tap]! - below) * share) * window[first + tap]!;
        }
      }
      output[written++] = sum > 1 ? 1 : sum < -1 ? -1 : sum;
      const next = this.remainder + inputRate;
      this.position += Math.floor(next / outputRate);
      this.remainder = next % outputRate;
    }
    return written;
  }

  /** Moves the inputs that are still needed to the start of the window. */
  private discard(): void {
    const unneeded = Math.min(this.filled, this.position - this.bank.taps / 2 + 1);
    this.window.copyWithin(0, unneeded, this.filled);
    this.filled -= unneeded;
    this.position -= unneeded;
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
