/** How far what was announced may be off before it is announced anew, ms. */
const toleranceMs = 250;
/** The server takes no age above a day. What is older is as stale. */
const maxAgeMs = 24 * 3_600_000;

/** What is about to be sent. */
export interface SentItem {
  /** When it was made; for audio, when its end was, ms. */
  atMs: number;
  /** Its length, ms; 0 for a message. */
  lengthMs: number;
  nowMs: number;
  /** Whether it leaves at once, and does not wait behind what was sent before. */
  isFlowing: boolean;
}

/**
 * Decides when the server must be told how old what follows is. It takes what it gets for live until it is told
 * otherwise; an age that it was told holds for all that follows, one second of audio after the other.
 */
export class Ages {
  /** When the next sound was recorded by what the server knows, ms; or that it takes it for live. */
  #told: number | 'live' | 'unknown' = 'live';

  /** Another connection begins: for a new session all is live, and to one that goes on nothing was told yet. */
  reset(told: 'live' | 'unknown'): void {
    this.#told = told;
  }

  /** Takes what is sent next; returns the age to tell before it, or undefined. */
  next({ atMs, lengthMs, nowMs, isFlowing }: SentItem): number | undefined {
    const known = this.#told;
    // What waits behind older sound arrives late, and the server cannot know how late: its last age still holds.
    const isLive = nowMs - atMs < toleranceMs && (isFlowing || typeof known !== 'number');
    const beganAtMs = atMs - lengthMs;
    this.#told = isLive ? 'live' : atMs;
    if (isLive) return known === 'live' ? undefined : 0;
    if (typeof known !== 'number' || Math.abs(known - beganAtMs) > toleranceMs)
      return Math.max(0, Math.min(maxAgeMs, Math.round(nowMs - beganAtMs)));
    this.#told = known + lengthMs;
    return undefined;
  }
}
