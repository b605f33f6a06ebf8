import type { NativeEncoder } from '../../src/speakers/native-encoder.ts';

/** An encoder whose rows hold the first sample of theirs, and whose vectors hold the mean of these. */
export function encoder(): { native: NativeEncoder; looked: number[] } {
  const looked: number[] = [];
  return {
    looked,
    native: {
      features: (samples) => {
        looked.push(samples.length);
        const rows = Math.max(0, Math.floor((samples.length - 80) / 320));
        return Float32Array.from({ length: rows * 512 }, (_, at) => samples[Math.floor(at / 512) * 320]!);
      },
      pool: (features, weights) => {
        const sum = weights.reduce((total, weight) => total + weight, 0);
        const mean = weights.reduce((total, weight, row) => total + weight * features[row * 512]!, 0) / sum;
        return Float32Array.of(mean);
      },
    },
  };
}

/** Sound whose samples are the half seconds since its beginning, from 1 on. */
export function sound(from: number, to: number): Float32Array {
  return Float32Array.from({ length: (to - from) * 16_000 }, (_, i) => Math.floor((from * 16_000 + i) / 8_000) + 1);
}
