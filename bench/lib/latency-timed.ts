import type { Heed } from '../../src/index.ts';
import type { Session } from '../../src/session/session.ts';
import { frameSamples, samplesToMs } from '../../src/types.ts';
import { isResult, outcomeOf, type Judge } from './latency-live.ts';
import type { Outcome } from './latency-rows.ts';
import type { TimedEvent } from './live.ts';
import type { Speech } from './speeches.ts';
import type { TimedTranscriber } from './timed-transcriber.ts';

/**
 * One session that hears clips on the clock of their sound. `performance.now()` is that clock meanwhile, so that what
 * heed measures itself does not depend on the machine's load either.
 */
export class TimedSpeaker {
  readonly #heed: Heed;
  readonly #transcriber: TimedTranscriber;
  #session: Session | undefined;

  constructor(heed: Heed, transcriber: TimedTranscriber) {
    this.#heed = heed;
    this.#transcriber = transcriber;
  }

  async speak({ samples, endSample }: Speech, judge: Judge): Promise<Outcome> {
    const [heed, transcriber] = [this.#heed, this.#transcriber];
    const now = performance.now.bind(performance);
    const startMs = transcriber.nowMs;
    const endMs = startMs + samplesToMs(endSample);
    const events: TimedEvent[] = [];
    performance.now = () => transcriber.nowMs;
    try {
      this.#session ??= await heed.openSession();
      const stop = heed.bus.subscribe({ session: this.#session.id }, (event) => {
        events.push({ atMs: transcriber.nowMs, event });
      });
      for (let at = 0; at + frameSamples <= samples.length; at += frameSamples) {
        await transcriber.advance(startMs + samplesToMs(at + frameSamples));
        await this.#session.push(samples.subarray(at, at + frameSamples));
        if (events.some(({ atMs, event }) => atMs >= endMs && isResult(event))) break;
      }
      stop();
    } finally {
      performance.now = now;
    }
    return outcomeOf(events, { heed, endMs, judge });
  }
}
