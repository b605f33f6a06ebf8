import { eventJson, type HeedEvent } from '../../events/index.ts';
import { bytesOf } from '../../server/backlog.ts';

/** An event with its JSON text. */
export interface SentEvent {
  event: HeedEvent;
  text: string;
}

/**
 * The last events that a client was sent, or would have been sent if its line had been up. A socket does not say what
 * has arrived, so they are kept until newer ones take their place.
 */
export class SentEvents {
  readonly #maxBytes: number;
  readonly #kept: SentEvent[] = [];
  #bytes = 0;
  #lastDroppedId: string | undefined;

  /** @param maxBytes how much is kept for a client whose line breaks; beyond it, the oldest is dropped */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Keeps an event, besides as many bytes as have surely not arrived; returns its JSON text. */
  add(event: HeedEvent, waitingBytes: number): string {
    const text = eventJson(event);
    this.#kept.push({ event, text });
    this.#bytes += bytesOf(text);
    while (this.#bytes > this.#maxBytes + waitingBytes) {
      const { event: dropped, text: droppedText } = this.#kept.shift()!;
      this.#bytes -= bytesOf(droppedText);
      this.#lastDroppedId = dropped.event_id;
    }
    return text;
  }

  /**
   * Returns the events after the one with this id, or all of them if there was none yet; `isWhole` is false when some
   * of them are no longer kept.
   */
  since(lastEventId: string | undefined): { missed: readonly SentEvent[]; isWhole: boolean } {
    const last = this.#kept.findLastIndex(({ event }) => event.event_id === lastEventId);
    return { missed: this.#kept.slice(last + 1), isWhole: last >= 0 || lastEventId === this.#lastDroppedId };
  }
}
