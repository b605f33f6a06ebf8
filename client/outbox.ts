/** How far a stream has come: bytes of audio, and typed messages, since the session began. */
export interface Position {
  audio: number;
  messages: number;
}

/** Something to send: a piece of audio, or a message as JSON text. */
export interface OutboxItem {
  data: ArrayBuffer | string;
  /** When it was recorded or made, on the clock of the caller, ms; for audio, when its end was. */
  atMs: number;
  /** Where the stream is after it. */
  end: Position;
}

/** How much an outbox keeps. */
export interface OutboxLimits {
  /** Audio; beyond it the oldest is dropped. */
  maxAudioBytes: number;
  /** Messages; beyond it no more are taken. */
  maxMessages: number;
}

/**
 * Audio and typed messages in their order, from when they are made until the server has taken them. What was sent is
 * kept as well: a socket does not say what has arrived, and another connection must be able to send it again.
 */
export class Outbox {
  readonly #limits: OutboxLimits;
  #items: OutboxItem[] = [];
  /** The index of the first item that this connection has not sent yet. */
  #unsent = 0;
  #keptBytes = 0;
  #keptMessages = 0;
  #end: Position = { audio: 0, messages: 0 };
  #confirmed: Position = { audio: 0, messages: 0 };

  constructor(limits: OutboxLimits) {
    this.#limits = limits;
  }

  /** Takes a piece of audio. If too much is kept then, the oldest audio is dropped. */
  addAudio(pcm: ArrayBuffer, atMs: number): void {
    this.#add({ data: pcm, atMs, end: { ...this.#end, audio: this.#end.audio + pcm.byteLength } });
    this.#keptBytes += pcm.byteLength;
    while (this.#keptBytes > this.#limits.maxAudioBytes) this.#dropOldestAudio();
  }

  /** Takes a message; returns false when too many wait. */
  addMessage(text: string, atMs: number): boolean {
    if (this.#keptMessages >= this.#limits.maxMessages) return false;
    this.#add({ data: text, atMs, end: { ...this.#end, messages: this.#end.messages + 1 } });
    this.#keptMessages++;
    return true;
  }

  /** The oldest byte of audio that can still be sent. */
  get audioFrom(): number {
    return this.#end.audio - this.#keptBytes;
  }

  /** Where the stream will be when everything has been sent. */
  get end(): Position {
    return this.#end;
  }

  /** How far the server has taken it. */
  get confirmed(): Position {
    return this.#confirmed;
  }

  get hasUnsent(): boolean {
    return this.#unsent < this.#items.length;
  }

  /** When the oldest item was made that the server has not taken yet. */
  get oldestAtMs(): number | undefined {
    return this.#items[0]?.atMs;
  }

  /** Returns what this connection has not sent yet, and takes it for sent from now on. */
  takeUnsent(): OutboxItem[] {
    const unsent = this.#items.slice(this.#unsent);
    this.#unsent = this.#items.length;
    return unsent;
  }

  /** Forgets what the server has taken. */
  confirm({ audio, messages }: Position): void {
    this.#confirmed = {
      audio: Math.max(this.#confirmed.audio, Math.min(audio, this.#end.audio)),
      messages: Math.max(this.#confirmed.messages, Math.min(messages, this.#end.messages)),
    };
    const isTaken = ({ end }: OutboxItem): boolean => end.audio <= audio && end.messages <= messages;
    while (this.#items[0] && isTaken(this.#items[0])) this.#removeAt(0);
    const [first] = this.#items;
    if (first) this.#cutAt(first, audio);
  }

  /** The connection broke: whatever the server has not taken must be sent once more. */
  rewind(): void {
    this.#unsent = 0;
  }

  /** A session begins. It gets these messages first, and then what is kept as the first that it hears. */
  restart(messages: readonly string[], nowMs: number): void {
    const items = this.#items;
    this.clear();
    for (const message of messages) this.addMessage(message, nowMs);
    for (const { data, atMs } of items) {
      if (typeof data === 'string') this.addMessage(data, atMs);
      else this.addAudio(data, atMs);
    }
  }

  /** Another session begins, and hears nothing of what was before. */
  clear(): void {
    this.#items = [];
    this.#unsent = this.#keptBytes = this.#keptMessages = 0;
    this.#end = { audio: 0, messages: 0 };
    this.#confirmed = { audio: 0, messages: 0 };
  }

  #add(item: OutboxItem): void {
    this.#items.push(item);
    this.#end = item.end;
  }

  #dropOldestAudio(): void {
    this.#removeAt(this.#items.findIndex(({ data }) => typeof data !== 'string'));
  }

  #removeAt(index: number): void {
    const [{ data } = { data: '' }] = this.#items.splice(index, 1);
    if (typeof data === 'string') this.#keptMessages--;
    else this.#keptBytes -= data.byteLength;
    if (index < this.#unsent) this.#unsent--;
  }

  /** A server may have taken a part of a piece. */
  #cutAt(item: OutboxItem, audio: number): void {
    if (typeof item.data === 'string') return;
    const taken = audio - (item.end.audio - item.data.byteLength);
    if (taken <= 0 || taken >= item.data.byteLength) return;
    item.data = item.data.slice(taken);
    this.#keptBytes -= taken;
  }
}
