import { setTimeout as sleep } from 'node:timers/promises';
import { decodeAudioFile } from '../audio/index.ts';
import type { Config } from '../config/index.ts';
import type { Session } from '../session/session.ts';
import { frameSamples, msToSamples, samplesToMs } from '../types.ts';

/** Silence after the longest wait, so that a phrase ends as it does when its speaker is silent, ms. */
const spareSilenceMs = 600;

/** A file frame by frame, then the silence that ends its last phrase. */
export async function* framesOfFile(
  path: string,
  { endpoint }: Pick<Config, 'endpoint'>,
): AsyncGenerator<Float32Array> {
  for await (const samples of decodeAudioFile(path)) yield* cut(samples);
  yield* cut(new Float32Array(msToSamples(endpoint.incompleteWaitMs + spareSilenceMs)));
}

function* cut(samples: Float32Array): Generator<Float32Array> {
  for (let at = 0; at < samples.length; at += frameSamples) yield samples.subarray(at, at + frameSamples);
}

/** Plays frames to a session as fast as they were spoken, then flushes it. */
export async function hearInRealTime(session: Session, frames: AsyncIterable<Float32Array>): Promise<void> {
  const startedMs = performance.now();
  let heardSamples = 0;
  for await (const frame of frames) {
    heardSamples += frame.length;
    const aheadMs = samplesToMs(heardSamples) - (performance.now() - startedMs);
    if (aheadMs > 0) await sleep(aheadMs);
    await session.push(frame);
  }
  await session.flush();
}

/**
 * Plays frames to a session as fast as it can hear; time stands still while something is being read, as on a machine
 * that needs none.
 */
export async function hearWithoutClock(
  session: Session,
  frames: AsyncIterable<Float32Array>,
  idle: () => Promise<void>,
): Promise<void> {
  for await (const frame of frames) {
    await session.push(frame);
    await idle();
  }
  await session.flush();
}
