/** Returns the time of a clock that never steps, ms. It is the same for all processes of the machine. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}
