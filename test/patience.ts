/**
 * Time for tests. A test waits for events; where one has to be looked for, or might never come, a limit ends the test,
 * and that grows with how slow this machine is.
 */
import { inject, vi } from 'vitest';
import type { ConfigInput } from '../src/config/index.ts';

/** Other work may begin after the pace was measured. */
const spare = 5;

/** A limit that ends what hangs, by the most that a quiet machine of two cores would take, ms. */
export function patient(quietMs: number): number {
  return Math.round(quietMs * spare * inject('slowness'));
}

/** Resolves when the check passes: for what tells nobody that it has happened. */
export async function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return await vi.waitFor(check, { timeout: patient(10_000), interval: 20 });
}

/** A time that no test takes, ms. */
export const neverMs = 3_600_000;

/**
 * Options of a heed whose speakers wait for as long as a busy machine takes: nothing is refused, given up or cut for
 * being late. The given ones go before these.
 */
export function unhurried(config: ConfigInput): ConfigInput {
  return {
    ...config,
    transcribe: { maxFinalWaitMs: neverMs, maxReadMs: neverMs, maxStartMs: neverMs, ...config.transcribe },
    dispatch: { maxAgeMs: neverMs, timeoutMs: neverMs, confirmTimeoutMs: neverMs, ...config.dispatch },
    commands: { loadTimeoutMs: neverMs, watch: false, ...config.commands },
    server: {
      port: 0,
      tokenFile: '',
      authTimeoutMs: neverMs,
      heartbeatMs: neverMs,
      idleFlushMs: neverMs,
      maxAnswerMs: neverMs,
      ...config.server,
    },
  };
}
