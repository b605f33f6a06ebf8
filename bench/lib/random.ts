/**
 * Makes numbers from 0 (inclusive) to 1 (exclusive), the same for each seed (mulberry32 over an FNV-1a hash of the
 * seed).
 */
export function createRandom(seed: string | number): () => number {
  let state = 2_166_136_261;
  for (const char of String(seed)) state = Math.imul(state ^ char.codePointAt(0)!, 16_777_619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
