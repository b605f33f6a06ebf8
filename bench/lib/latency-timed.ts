import type { Heed } from '../../src/index.ts';
import { frameSamples, samplesToMs } from '../../src/types.ts';
import { isResult, outcomeOf, type Judge } from './latency-live.ts';
import type { Outcome } from './latency-rows.ts';
import type { TimedEvent } from './live.ts';
import type { Speech } from './speeches.ts';
import type { TimedTranscriber } from './timed-transcriber.ts';

/**
 * Feeds a clip to a session on the clock of its sound. `performance.now()` is that clock meanwhile, so that what heed
 * measures itself does not depend on the machine's load either.
 */
export async function speakOnItsClock(
  heed: Heed,
  transcriber: TimedTranscriber,
  { samples, endSample }: Speech,
  judge: Judge,
): Promise<Outcome> {
  const now = performance.now.bind(performance);
  const startMs = transcriber.nowMs;
  const endMs = startMs + samplesToMs(endSample);
  performance.now = () => transcriber.nowMs;
  try {
    const events: TimedEvent[] = [];
    const session = await heed.openSession();
    const stop = heed.bus.subscribe({ session: session.id }, (event) => {
      events.push({ atMs: transcriber.nowMs, event });
    });
    for (let at = 0; at + frameSamples <= samples.length; at += frameSamples) {
      await transcriber.advance(startMs + samplesToMs(at + frameSamples));
      await session.push(samples.subarray(at, at + frameSamples));
      if (events.some(({ atMs, event }) => atMs >= endMs && isResult(event))) break;
    }
    await session.close();
    stop();
    return outcomeOf(events, { heed, endMs, judge });
  } finally {
    performance.now = now;
  }
}
