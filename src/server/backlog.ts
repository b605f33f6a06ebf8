import type { HeedEvent } from '../events/event.ts';

/** The socket of a client, as a backlog sees it. */
export interface Outlet {
  /** The bytes that the operating system has not taken yet. */
  readonly bufferedAmount: number;
  /** Hands a text over; `onTaken` is called when the operating system has taken it. */
  send(text: string, onTaken: () => void): void;
}

/** A text, and the event that it tells of, if it tells of one. */
export interface Told {
  text: string;
  event?: HeedEvent | undefined;
}

/** What a socket holds for a slow reader before its texts wait here, where they can still be replaced, bytes. */
const maxBufferedBytes = 64 * 1024;

/** The memory that a waiting text takes besides its content, bytes. */
const overheadBytes = 64;

/**
 * The texts that a client has not taken yet, up to a limit. Of a segment that is still spoken only the newest partial
 * waits: it says more than those before it. All else is kept in its order.
 */
export class Backlog {
  readonly #outlet: Outlet;
  readonly #maxBytes: number;
  readonly #maxBufferedBytes: number;
  /** By the segment of a partial, or by a number. */
  readonly #waiting = new Map<string | number, string>();
  #waitingBytes = 0;
  #pushed = 0;
  /** Older texts, which take no memory of their own. */
  #earlier: Iterator<Told> | undefined;
  #state: 'open' | 'closed' = 'open';

  constructor(outlet: Outlet, maxBytes: number) {
    this.#outlet = outlet;
    this.#maxBytes = maxBytes;
    this.#maxBufferedBytes = Math.min(maxBufferedBytes, maxBytes / 4);
  }

  /** What is held for the client, bytes. */
  get waitingBytes(): number {
    return this.#waitingBytes + this.#outlet.bufferedAmount;
  }

  /** Takes texts that somebody else holds in memory anyway; they go before all that is pushed from now on. */
  begin(earlier: Iterable<Told>): void {
    this.#earlier = earlier[Symbol.iterator]();
    this.#flush();
  }

  /** Sends a text, now or when the client has taken those before it. Returns false when more than the limit waits. */
  push({ text, event }: Told): boolean {
    if (this.#state === 'closed') return true;
    const segment = segmentOf(event);
    if (segment !== undefined) this.#remove(segment);
    this.#waiting.set(segment !== undefined && event?.type === 'segment.partial' ? segment : this.#pushed++, text);
    this.#waitingBytes += bytesOf(text);
    this.#flush();
    return this.#waiting.size === 0 || this.waitingBytes <= this.#maxBytes;
  }

  /** Drops what waits; nothing is sent any more. */
  close(): void {
    this.#state = 'closed';
    this.#earlier = undefined;
    this.#waiting.clear();
    this.#waitingBytes = 0;
  }

  #remove(key: string | number): void {
    const text = this.#waiting.get(key);
    if (text === undefined) return;
    this.#waiting.delete(key);
    this.#waitingBytes -= bytesOf(text);
  }

  #flush(): void {
    while (this.#state === 'open' && this.#outlet.bufferedAmount < this.#maxBufferedBytes) {
      const text = this.#next();
      if (text === undefined) return;
      this.#outlet.send(text, () => this.#flush());
    }
  }

  #next(): string | undefined {
    const earlier = this.#earlier?.next();
    if (earlier?.done === false) return earlier.value.text;
    this.#earlier = undefined;
    const [first] = this.#waiting;
    if (first) this.#remove(first[0]);
    return first?.[1];
  }
}

/** What the log says of a client that was disconnected for what waited for it. */
export function slowReader(who: string, why: string): string {
  return `A ${who} was disconnected because it reads too slowly: ${why}.`;
}

/** Why a client reads too slowly for which more than the limit waits. */
export function tooMuch(maxBytes: number): string {
  return `more than ${maxBytes} bytes wait for it`;
}

/** Names the segment whose words a partial or final event tells. */
function segmentOf(event: HeedEvent | undefined): string | undefined {
  if (event?.type !== 'segment.partial' && event?.type !== 'segment.final') return undefined;
  return `${event.session_id} ${event.segment_id}`;
}

/** The memory that a waiting text takes. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text) + overheadBytes;
}
