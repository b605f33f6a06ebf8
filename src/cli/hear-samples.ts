import { setTimeout as sleep } from 'node:timers/promises';
import { decodeAudioFile, type DecodeFileOptions } from '../audio/index.ts';
import type { Config } from '../config/index.ts';
import type { StreamClock } from '../session/index.ts';
import type { Session } from '../session/session.ts';
import { frameSamples, msToSamples, samplesToMs } from '../types.ts';
import type { PatientEars } from './patient-ears.ts';

/** Silence appended beyond the longest wait, so that the last phrase ends by silence as live speech does, ms. */
const spareSilenceMs = 600;

/** Yields a file frame by frame, then enough silence to end its last phrase. */
export async function* framesOfFile(
  path: string,
  { endpoint }: Pick<Config, 'endpoint'>,
  options: Pick<DecodeFileOptions, 'onEarlyEnd'> = {},
): AsyncGenerator<Float32Array> {
  for await (const samples of decodeAudioFile(path, options)) yield* cut(samples);
  yield* cut(new Float32Array(msToSamples(endpoint.incompleteWaitMs + spareSilenceMs)));
}

/** Yields samples frame by frame with some silence before them, then enough silence to end the last phrase. */
export async function* framesOfSamples(
  samples: Float32Array,
  { endpoint }: Pick<Config, 'endpoint'>,
): AsyncGenerator<Float32Array> {
  yield* cut(new Float32Array(msToSamples(spareSilenceMs)));
  yield* cut(samples);
  yield* cut(new Float32Array(msToSamples(endpoint.incompleteWaitMs + spareSilenceMs)));
}

function* cut(samples: Float32Array): Generator<Float32Array> {
  for (let at = 0; at < samples.length; at += frameSamples) yield samples.subarray(at, at + frameSamples);
}

/** Feeds frames to a session as fast as they were spoken, then flushes it. */
export async function hearInRealTime(session: Session, frames: AsyncIterable<Float32Array>): Promise<void> {
  const startedMs = performance.now();
  let fedSamples = 0;
  for await (const frame of frames) {
    fedSamples += frame.length;
    const aheadMs = samplesToMs(fedSamples) - (performance.now() - startedMs);
    if (aheadMs > 0) await sleep(aheadMs);
    await session.push(frame);
  }
  await session.flush();
}

/** What a recording is heard with when the clock of this machine shall not matter. */
export interface Leisure {
  ears: PatientEars;
  /** The session's clock. */
  clock: StreamClock;
}

/**
 * Feeds frames to a session as fast as it takes them, but waits before the next frame for every reading, and for every
 * command that waits for no answer. The results are those of a machine on which these take no time: they do not depend
 * on the speed of this one, and no phrase grows old. Resolves when all is done, or when the last command waits for an
 * answer, which `close()` then ends.
 */
export async function hearAtLeisure(
  session: Session,
  frames: AsyncIterable<Float32Array>,
  { ears, clock }: Leisure,
): Promise<void> {
  for await (const frame of frames) {
    clock.advance(frame.length);
    await session.push(frame);
    await ears.idle();
    await session.settled();
  }
  const flushed = session.flush();
  await Promise.race([flushed, session.settled()]);
  flushed.catch(() => undefined);
}
