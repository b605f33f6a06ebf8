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

/**
 * Beyond this many phases, neighbouring rows are interpolated; the error is then below −100 dB. A filter for a higher
 * input rate is as much smoother as it is longer, so it needs as many phases less, and no filter takes long to make.
 */
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
  const angle = Math.PI * (passEdge + stopEdge) * scale;
  const phases = Math.min(outputRate, Math.ceil(maxPhases * scale));
  const taps = half * 2;
  const rows = new Float32Array((phases + 1) * taps);
  const weights = new Float64Array(taps);
  const window = kaiserSeries(beta);
  // The filter is symmetric, so the second half of the rows are the first ones read backwards.
  for (let phase = 0; phase <= phases / 2; phase++) {
    const first = phase / phases + half - 1;
    // The sine of each next tap is the last one turned by an angle, which is faster than a sine each.
    let [sine, cosine] = [Math.sin(angle * first), Math.cos(angle * first)];
    const [turnSine, turnCosine] = [Math.sin(angle), Math.cos(angle)];
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const distance = first - tap;
      const share = distance / half;
      const inside = 1 - share * share;
      let value = 0;
      if (inside > 0) for (let k = window.length - 1; k >= 0; k--) value = value * inside + window[k]!;
      const weight = distance === 0 ? value * angle : (value * sine) / distance;
      weights[tap] = weight;
      sum += weight;
      const turned = sine * turnCosine - cosine * turnSine;
      cosine = cosine * turnCosine + sine * turnSine;
      sine = turned;
    }
    // Each row sums to one, so that a constant input stays the same constant.
    const mirrored = (phases - phase + 1) * taps - 1;
    for (let tap = 0; tap < taps; tap++) {
      const weight = weights[tap]! / sum;
      rows[phase * taps + tap] = weight;
      rows[mirrored - tap] = weight;
    }
  }
  return { phases, taps, rows };
}

/**
 * Kaiser's window is the modified Bessel function of order zero of β√u, u being one minus the square of the distance
 * from the middle. Returns its coefficients as a power series in u.
 */
function kaiserSeries(beta: number): Float64Array {
  const terms = [1];
  for (let k = 1; terms.at(-1)! > 1e-9; k++) terms.push(terms.at(-1)! * (beta / (2 * k)) ** 2);
  return new Float64Array(terms);
}
