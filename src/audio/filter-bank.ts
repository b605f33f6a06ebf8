/**
 * A low-pass filter split into phases: row p holds the weights of the input samples around a point p/phases of a sample
 * after an input sample. There is one more row than phases, so that a point between the last two can be interpolated
 * too.
 */
export interface FilterBank {
  phases: number;
  /** Weights in one row; the middle two belong to the input samples next to the point. */
  taps: number;
  rows: Float32Array;
}

/** Beyond this many phases, neighbouring rows are interpolated; the error is then below −100 dB. */
const maxPhases = 1024;

/**
 * Fractions of the lower of the two rates: the response is flat up to the first, and at least 80 dB down from the
 * second.
 */
const passEdge = 0.45;
const stopEdge = 0.5;
/** Two more than promised, because Kaiser's formula is approximate. */
const stopAttenuationDb = 82;

const banks = new Map<string, FilterBank>();
const maxBanks = 16;

/**
 * Returns the filter for a ratio of rates in lowest terms. Banks are shared; the least recently used one is dropped.
 */
export function filterBank(inputRate: number, outputRate: number): FilterBank {
  const key = `${inputRate}:${outputRate}`;
  const bank = banks.get(key) ?? createFilterBank(inputRate, outputRate);
  banks.delete(key);
  banks.set(key, bank);
  if (banks.size > maxBanks) banks.delete(banks.keys().next().value!);
  return bank;
}

/**
 * A Kaiser-windowed sinc, whose length and shape follow Kaiser's formulas (Oppenheim and Schafer, Discrete-Time Signal
 * Processing, §7.6).
 */
function createFilterBank(inputRate: number, outputRate: number): FilterBank {
  const scale = Math.min(1, outputRate / inputRate);
  const width = 2 * Math.PI * (stopEdge - passEdge) * scale;
  const half = Math.ceil((stopAttenuationDb - 7.95) / (2.285 * width) / 2);
  const beta = 0.1102 * (stopAttenuationDb - 8.7);
  const cutoff = ((passEdge + stopEdge) / 2) * scale;
  const phases = Math.min(outputRate, maxPhases);
  const taps = half * 2;
  const rows = new Float32Array((phases + 1) * taps);
  const weights = new Float64Array(taps);
  for (let phase = 0; phase <= phases; phase++) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const distance = phase / phases + half - 1 - tap;
      const weight = sinc(2 * cutoff * distance) * kaiser(distance / half, beta);
      weights[tap] = weight;
      sum += weight;
    }
    // Each row sums to one, so that a constant input stays the same constant.
    for (let tap = 0; tap < taps; tap++) rows[phase * taps + tap] = weights[tap]! / sum;
  }
  return { phases, taps, rows };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x: number, beta: number): number {
  return Math.abs(x) >= 1 ? 0 : bessel(beta * Math.sqrt(1 - x * x));
}

/**
 * The modified Bessel function of order zero, up to a constant factor, which cancels when each row is divided by its
 * sum.
 */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
