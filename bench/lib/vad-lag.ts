import type { EventBus } from '../../src/events/index.ts';
import { frameSamples, samplesToMs } from '../../src/types.ts';
import type { Vad, VadStream } from '../../src/vad/index.ts';

/** The timing of one stream's frames. */
interface Timed {
  /** When the stream's first sample was recorded, ms since 1970. */
  startedAtMs?: number;
}

/** Watches a voice activity model: how long after a frame was recorded its probability arrives, ms. */
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

  /** Returns the same voice activity model, watched. */
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
