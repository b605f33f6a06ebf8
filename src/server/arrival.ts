/** A stream that pauses for longer than its sound lasts by this much has a gap, ms. */
const gapMs = 250;
/** Sound that comes no faster than it was spoken, for this long, is live, ms. */
const liveMs = 320;
/** Lines and timers are not exact: sound that comes this much faster than it was spoken is live too. */
const liveShare = 0.9;
/** What follows the last sound within this time came together with it, ms. */
const togetherMs = 250;

/**
 * Tells how long ago the sound of a stream was recorded, by the clock of its samples and the machine's. A line that
 * stood still, or a heed that did, brings the sound of that time in a burst. A client that was muted goes on at the
 * pace of speech, and then its sound is live.
 */
export class Arrival {
  readonly #now: () => number;
  /** When the first sample would have been recorded if the stream had no gaps. */
  #originMs: number;
  #soundMs = 0;
  #lastMs: number;
  #lagMs = 0;
  /** From where on the pace is measured: when that sound came, and how much had come with it. */
  #from: { atMs: number; soundMs: number };

  /** `now` is a clock in ms that never goes back. */
  constructor(now: () => number) {
    this.#now = now;
    this.#originMs = this.#lastMs = now();
    this.#from = { atMs: this.#lastMs, soundMs: 0 };
  }

  /** What comes from now on is live, as the client has said. */
  restart(): void {
    this.#lastMs = this.#now();
    this.#originMs = this.#lastMs - this.#soundMs;
    this.#lagMs = 0;
    this.#from = { atMs: this.#lastMs, soundMs: this.#soundMs };
  }

  /** Takes sound that came at a time; returns how long before that its end was recorded, ms. */
  take(soundMs: number, atMs: number): number {
    const hasGap = atMs - this.#lastMs - soundMs > gapMs;
    this.#soundMs += soundMs;
    this.#lastMs = atMs;
    const earliestMs = atMs - this.#soundMs;
    const paceMs = this.#soundMs - this.#from.soundMs;
    const isMeasured = paceMs >= liveMs;
    const isLive = isMeasured && atMs - this.#from.atMs >= liveShare * paceMs;
    if (hasGap || isMeasured) this.#from = { atMs, soundMs: this.#soundMs };
    if (earliestMs < this.#originMs || (isLive && !hasGap)) this.#originMs = earliestMs;
    this.#lagMs = earliestMs - this.#originMs;
    return this.#lagMs;
  }

  /** How long ago something was done that comes now and has no sound of its own, ms. */
  get lagMs(): number {
    return this.#now() - this.#lastMs < togetherMs ? this.#lagMs : 0;
  }
}
