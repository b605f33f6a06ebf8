import type { HeedEvent } from '../../events/index.ts';

/** A phrase that was read, and may be followed by its command. */
interface Read {
  segmentId: string;
  readAtMs: number;
  /** From the end of speech until the phrase was read. */
  spentMs: number;
}

/**
 * Works out from the events how long it took from the end of speech until a command was handed over to run. Only the
 * first command of a phrase counts, as the others wait for it, and only if the speaker was not asked before.
 */
export class HandlerDelay {
  /** One entry at most for each open session. */
  readonly #bySession = new Map<string, Read>();

  /** Takes the next event; returns the time, ms, when the event completes one. */
  take(event: HeedEvent, nowMs: number): number | undefined {
    const { session_id: session } = event;
    switch (event.type) {
      case 'segment.final': {
        const { silence = 0, waited = 0 } = event.timing ?? {};
        this.#bySession.set(session, { segmentId: event.segment_id, readAtMs: nowMs, spentMs: silence + waited });
        return undefined;
      }
      case 'command.matched': {
        const read = this.#bySession.get(session);
        if (!read || read.segmentId !== event.segment_id) return undefined;
        this.#bySession.delete(session);
        return read.spentMs + nowMs - read.readAtMs;
      }
      case 'prompt':
      case 'session.ended':
        this.#bySession.delete(session);
        return undefined;
      default:
        return undefined;
    }
  }
}
