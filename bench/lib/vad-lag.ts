import type { EventBus } from '../../src/events/index.ts';
import { frameSamples, samplesToMs } from '../../src/types.ts';
import type { Vad, VadStream } from '../../src/vad/index.ts';

/** One stream's frames. */
interface Timed {
  /** When its first sample was recorded, ms since 1970. */
  startedAtMs?: number;
}

/** Watches a VAD: how long after a frame was recorded its answer is there, ms. */
export class VadLag {
  /** The lag of each frame since the last `reset`. */
  lagsMs: number[] = [];
  readonly #bySession = new Map<string, Timed>();
  #newest: Timed = {};

  /** A session's stream is opened right before its `session.started`. */
  constructor(bus: EventBus) {
    bus.subscribe({ types: ['session.started'] }, ({ session_id }) => {
      this.#bySession.set(session_id, this.#newest);
    });
  }

  /** The same VAD, watched. */
  watch(vad: Vad): Vad {
    return {
      get answerMs() {
        return vad.answerMs;
      },
      openStream: () => this.#watchStream(vad.openStream()),
      close: () => vad.close(),
    };
  }

  /** Sets when the sessions' microphones were switched on, ms since 1970; their frames count from now on. */
  start(startedAtMs: Readonly<Record<string, number>>): void {
    for (const [session, atMs] of Object.entries(startedAtMs)) {
      const timed = this.#bySession.get(session);
      if (timed) timed.startedAtMs = atMs;
    }
  }

  reset(): void {
    this.lagsMs = [];
  }

  #watchStream(stream: VadStream): VadStream {
    const timed: Timed = {};
    this.#newest = timed;
    return {
      probability: async (frame) => {
        const probability = await stream.probability(frame);
        if (timed.startedAtMs !== undefined) {
          this.lagsMs.push(
            performance.timeOrigin +
              performance.now() -
              timed.startedAtMs -
              samplesToMs(frame.startSample + frameSamples),
          );
        }
        return probability;
      },
      close: () => stream.close(),
    };
  }
}
