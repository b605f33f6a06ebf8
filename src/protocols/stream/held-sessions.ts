import { createHash, randomBytes } from 'node:crypto';

/** What can be held: a session that outlives its connection. */
export interface Holdable {
  /** Ends it for good. */
  end(reason: string): Promise<void>;
}

/** How long and how many. */
export interface HeldSessionsLimits {
  holdMs: number;
  maxHeld: number;
}

interface Entry<T> {
  session: T;
  /** Runs while the session is held. */
  timer?: NodeJS.Timeout | undefined;
}

/**
 * All sessions that can be resumed, found by their tokens. Those without a connection are held for a limited time, and
 * only so many of them: beyond it the one that has waited longest is ended.
 */
export class HeldSessions<T extends Holdable> {
  readonly #limits: HeldSessionsLimits;
  /** By the digest of the token, so that the time of a look-up tells nothing about tokens. */
  readonly #byToken = new Map<string, Entry<T>>();
  /** The digests of those that are held, the one that has waited longest first. */
  readonly #held = new Set<string>();

  constructor(limits: HeldSessionsLimits) {
    this.#limits = limits;
  }

  /** How long a session is held, ms; 0 means that none can be resumed. */
  get holdMs(): number {
    return this.#limits.holdMs;
  }

  /** Makes a session resumable; returns its token. */
  add(session: T): string {
    const token = randomBytes(24).toString('base64url');
    this.#byToken.set(digest(token), { session });
    return token;
  }

  /** Returns the session with this token, whether it is held or seems to be connected still. */
  find(token: string): T | undefined {
    return this.#byToken.get(digest(token))?.session;
  }

  /** Holds a session until it is taken, or until its time is over; then it ends. */
  hold(token: string): void {
    const key = digest(token);
    const entry = this.#byToken.get(key);
    if (!entry || entry.timer) return;
    entry.timer = setTimeout(() => this.#expire(key), this.#limits.holdMs);
    this.#held.add(key);
    const [longest] = this.#held;
    if (this.#held.size > this.#limits.maxHeld && longest !== undefined) this.#expire(longest);
  }

  /** The session has a connection again. */
  take(token: string): void {
    const key = digest(token);
    const entry = this.#byToken.get(key);
    clearTimeout(entry?.timer);
    if (entry) entry.timer = undefined;
    this.#held.delete(key);
  }

  /** Forgets a session that is over. */
  remove(token: string): void {
    this.take(token);
    this.#byToken.delete(digest(token));
  }

  /** Ends every session that is held. */
  async close(): Promise<void> {
    await Promise.all([...this.#held].map((key) => this.#end(key, 'shutdown')));
  }

  #expire(key: string): void {
    // `end` reports its own failures, so nothing is lost here.
    this.#end(key, 'disconnected').catch(() => undefined);
  }

  async #end(key: string, reason: string): Promise<void> {
    const entry = this.#byToken.get(key);
    clearTimeout(entry?.timer);
    this.#held.delete(key);
    this.#byToken.delete(key);
    await entry?.session.end(reason);
  }
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
