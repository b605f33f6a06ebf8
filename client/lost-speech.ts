import type { HeedEvent } from './events.ts';
import type { Outbox } from './outbox.ts';

/** What a broken connection has cost. */
export interface Loss {
  /** Sound that no session has understood: what was recorded and not taken, and the phrase that was open, ms. */
  audioMs: number;
  /** Typed messages of which nobody knows whether they arrived. */
  messages: number;
  /** Why the session could not go on, as a code and in words. */
  reason: string;
  message: string;
}

/** 16-bit mono at 16 kHz. */
export const bytesPerMs = 32;

/** Why segments end that are read; any other ends without words. */
const readReasons: readonly string[] = ['silence', 'complete', 'max-length', 'flush'];

/** Follows which phrase is being spoken, because a session that ends takes it along. */
export class LostSpeech {
  #open: { segmentId: string; startBytes: number } | undefined;
  /** Where the last phrase ended that was understood. */
  #understoodBytes = 0;

  /** Takes every event of the session. */
  hear(event: HeedEvent): void {
    if (event.type === 'session.started') {
      this.#open = undefined;
      this.#understoodBytes = 0;
    } else if (event.type === 'speech.started')
      this.#open = { segmentId: event.segment_id, startBytes: toBytes(event.start) };
    else if (
      event.type === 'segment.final' ||
      (event.type === 'error' && event.segment_id !== undefined) ||
      (event.type === 'speech.ended' && !readReasons.includes(event.reason))
    ) {
      if (event.type === 'segment.final') this.#understoodBytes = toBytes(event.end);
      if (event.segment_id === this.#open?.segmentId) this.#open = undefined;
    }
  }

  /** Returns what is lost when the session cannot go on; undefined when that is nothing. */
  lossOf({ end, confirmed }: Outbox, { reason, message }: Pick<Loss, 'reason' | 'message'>): Loss | undefined {
    const from = Math.min(Math.max(confirmed.audio, this.#understoodBytes), this.#open?.startBytes ?? Infinity);
    const audioMs = Math.round((end.audio - from) / bytesPerMs);
    const messages = end.messages - confirmed.messages;
    return audioMs > 0 || messages > 0 ? { audioMs, messages, reason, message } : undefined;
  }
}

function toBytes(seconds: number): number {
  return Math.round(seconds * 1_000) * bytesPerMs;
}
