/** A step of the wall clock by more than this, beyond that of `performance.now()`, is sleep, ms. */
const sleepMs = 1_000;

let skewMs = Date.now() - performance.now();
let sleptMs = 0;

/**
 * A clock in ms that never goes back. In some browsers `performance.now()` stands still while the computer sleeps; what
 * was said before would then seem to be fresh, and its command might run hours later.
 */
export function nowMs(): number {
  const newSkewMs = Date.now() - performance.now();
  if (newSkewMs > skewMs + sleepMs) sleptMs += newSkewMs - skewMs;
  skewMs = newSkewMs;
  return performance.now() + sleptMs;
}
