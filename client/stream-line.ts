import type { HeedEvent } from './events.ts';
import { Ages } from './ages.ts';
import { nowMs } from './clock.ts';
import { closeReason } from './close-reasons.ts';
import type { Connection } from './connection.ts';
import { bytesPerMs, LostSpeech, type Loss } from './lost-speech.ts';
import type { ClientSocket, StreamLineOptions } from './line-options.ts';
import { LineWatch, Retries, silenceMs } from './line-timing.ts';
import { Outbox, type Position } from './outbox.ts';
import { parseMessage, type ServerMessage } from './server-messages.ts';

/** A session that can be resumed, as the server described it. */
interface Resumable {
  token: string;
  resumeMs: number;
}

/** The server promises the first message within 5 s; a session that has not started after this time never will. */
const startTimeoutMs = 10_000;
/** An attempt to resume that waits for a network which is down is given up soon, so that the next one finds it up. */
const resumeTimeoutMs = 3_000;
/** About 10 s of audio. A line that cannot send more than this is dead, if the server does not say what it took. */
const maxUnsentBytes = 320_000;
/** Half a second of audio: less than that waits in the socket of a line that keeps up. */
const flowingBytes = 500 * bytesPerMs;
const outboxLimits = { maxAudioBytes: 30_000 * bytesPerMs, maxMessages: 1_000 };

/**
 * Keeps a session open over connections that break: it connects again by itself, goes on where the server was, and
 * sends what was recorded meanwhile. If the session is gone, it starts another one and says what was lost.
 */
export class StreamLine {
  readonly #options: StreamLineOptions;
  readonly #outbox = new Outbox(outboxLimits);
  readonly #ages = new Ages();
  readonly #speech = new LostSpeech();
  readonly #retries = new Retries();
  readonly #watch = new LineWatch(
    () => this.#look(),
    () => this.#socket && this.#lose(this.#socket, { code: 'lost' }),
  );
  #connection: Connection = { status: 'closed' };
  #socket: ClientSocket | undefined;
  #resumable: Resumable | undefined;
  /** The offer of a session that has not started yet. */
  #offer: Resumable | undefined;
  #lastEventId: string | undefined;
  /** Whether a session has begun that may have heard a part of what is kept. */
  #hadSession = false;
  #brokenAtMs = 0;
  #heardAtMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The last message, if it was an error: the server gives the reason for a refusal before it closes the line. */
  #lastError: { message: string } | undefined;
  /** Why the last session could not go on. */
  #reason: Pick<Loss, 'reason' | 'message'> = { reason: 'lost', message: '' };

  constructor(options: StreamLineOptions) {
    this.#options = options;
  }

  get connection(): Connection {
    return this.#connection;
  }

  /** Connects, or tries again at once while it waits to reconnect. */
  connect(): void {
    if (this.#connection.status === 'connecting' || this.#connection.status === 'open') return;
    clearTimeout(this.#timer);
    this.#lastError = undefined;
    const socket = this.#options.openSocket();
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#giveUpAfter(this.#isKept ? resumeTimeoutMs : startTimeoutMs, socket);
    this.#setConnection({ status: 'connecting', ...this.#kept });
    socket.onopen = () => socket.send(JSON.stringify(this.#resumable ? this.#resumeMessage() : this.#startMessage()));
    socket.onmessage = ({ data }: { data: unknown }) => {
      const message = this.#socket === socket && typeof data === 'string' ? parseMessage(data) : undefined;
      if (message) this.#receive(socket, message);
    };
    socket.onclose = ({ code }: { code: number }) => this.#lose(socket, closeReason(code));
  }

  /** Ends the session. */
  close(): void {
    const socket = this.#socket;
    this.#forget();
    socket?.close(1000);
    this.#setConnection({ status: 'closed' });
  }

  /** Sends a message. Returns false when there is no connection. */
  send(message: Record<string, unknown>): boolean {
    return this.#connection.status === 'open' && this.#add(message);
  }

  /**
   * Sends a message that belongs to the audio or the state of the session: if the session waits for a connection, so
   * does the message.
   */
  sendOrKeep(message: Record<string, unknown>): boolean {
    const isWaiting = this.#isOn && (this.#resumable !== undefined || this.#outbox.hasUnsent);
    return (this.#connection.status === 'open' || isWaiting) && this.#add(message);
  }

  /**
   * Sends 16-bit mono at 16 kHz. While there is no connection it is kept, and the oldest is dropped when that is more
   * than 30 s. Returns false when nobody will ever hear it.
   */
  sendAudio(pcm: ArrayBuffer): boolean {
    if (!this.#isOn) return false;
    this.#outbox.addAudio(pcm, nowMs());
    this.#sendUnsent();
    return true;
  }

  get #isOn(): boolean {
    return this.#connection.status !== 'closed' && this.#connection.status !== 'refused';
  }

  /** Whether the server still keeps the session, as far as the client knows. */
  get #isKept(): boolean {
    return this.#resumable !== undefined && nowMs() < this.#brokenAtMs + this.#resumable.resumeMs;
  }

  get #kept(): { isKept?: true } {
    return this.#isKept ? { isKept: true } : {};
  }

  #add(message: Record<string, unknown>): boolean {
    if (!this.#outbox.addMessage(JSON.stringify(message), nowMs())) return false;
    this.#sendUnsent();
    return true;
  }

  #startMessage(): Record<string, unknown> {
    return { ...this.#options.startMessage(), resumable: true };
  }

  #resumeMessage(): Record<string, unknown> {
    return {
      type: 'resume',
      token: this.#options.startMessage()['token'],
      resume_token: this.#resumable?.token,
      ...(this.#lastEventId === undefined ? {} : { last_event_id: this.#lastEventId }),
      audio_from: this.#outbox.audioFrom,
    };
  }

  #receive(socket: ClientSocket, message: ServerMessage): void {
    this.#heardAtMs = nowMs();
    switch (message.type) {
      case 'resumable':
        this.#offer = { token: message.resume_token, resumeMs: message.resume_ms };
        return;
      case 'resumed':
        return this.#goOn(message);
      case 'taken':
        return this.#outbox.confirm(message);
      default:
        return this.#hear(socket, message);
    }
  }

  #hear(socket: ClientSocket, event: HeedEvent): void {
    if (event.type === 'error' && event.code === 'not-resumable' && this.#connection.status !== 'open') {
      this.#reason = { reason: event.code, message: event.message };
      this.#resumable = undefined;
      this.#giveUpAfter(startTimeoutMs, socket);
      socket.send(JSON.stringify(this.#startMessage()));
      return;
    }
    this.#lastError = event.type === 'error' ? event : undefined;
    if (event.type === 'session.started') this.#begin();
    // Only these can be asked for again; an error of a connection without a session belongs to no session.
    if (this.#connection.status === 'open') this.#lastEventId = event.event_id;
    // The server has ended it, so there is nothing to go on with.
    if (event.type === 'session.ended') this.#resumable = undefined;
    this.#speech.hear(event);
    this.#options.onEvent(event);
  }

  /** A new session has started. */
  #begin(): void {
    // Another session may have heard the beginning of a phrase whose end alone would mean something else.
    if (this.#hadSession || !this.#offer) {
      this.#tellLoss();
      this.#outbox.clear();
    }
    const first = this.#options.sessionMessages?.() ?? [];
    this.#outbox.restart(
      first.map((message) => JSON.stringify(message)),
      nowMs(),
    );
    this.#hadSession = true;
    this.#resumable = this.#offer;
    this.#ages.reset('live');
    this.#setOpen();
  }

  /** The session goes on. */
  #goOn(taken: Position): void {
    this.#outbox.confirm(taken);
    this.#ages.reset('unknown');
    this.#setOpen();
  }

  #setOpen(): void {
    clearTimeout(this.#timer);
    this.#retries.reset();
    this.#setConnection({ status: 'open' });
    this.#sendUnsent();
  }

  #sendUnsent(): void {
    const socket = this.#socket;
    if (!socket || this.#connection.status !== 'open') return;
    if (!this.#resumable && socket.bufferedAmount > maxUnsentBytes) return this.#lose(socket, { code: 'lost' });
    for (const { data, atMs } of this.#outbox.takeUnsent()) {
      const lengthMs = typeof data === 'string' ? 0 : data.byteLength / bytesPerMs;
      const sent = { atMs, lengthMs, nowMs: nowMs(), isFlowing: socket.bufferedAmount < flowingBytes };
      const ageMs = this.#resumable && this.#ages.next(sent);
      if (ageMs !== undefined) socket.send(JSON.stringify({ type: 'age', ms: ageMs }));
      socket.send(data);
    }
    if (!this.#resumable) this.#outbox.confirm(this.#outbox.end);
    else this.#watch.start();
  }

  #look(): 'alive' | 'idle' | 'dead' {
    const { oldestAtMs } = this.#outbox;
    if (oldestAtMs === undefined || this.#connection.status !== 'open') return 'idle';
    return nowMs() - Math.max(oldestAtMs, this.#heardAtMs) >= silenceMs ? 'dead' : 'alive';
  }

  #lose(socket: ClientSocket, { code, isRefused = false }: { code: string; isRefused?: boolean }): void {
    if (this.#socket !== socket) return;
    clearTimeout(this.#timer);
    this.#watch.stop();
    this.#socket = undefined;
    this.#offer = undefined;
    socket.close();
    const message = this.#lastError?.message ?? '';
    if (this.#connection.status === 'open') {
      this.#brokenAtMs = nowMs();
      this.#reason = { reason: code, message };
    }
    if (isRefused) {
      this.#reason = { reason: code, message };
      this.#tellLoss();
      this.#forget();
      this.#setConnection({ status: 'refused', code, message });
      return;
    }
    this.#outbox.rewind();
    const retryInMs = this.#retries.next(this.#isKept);
    this.#timer = setTimeout(() => this.connect(), retryInMs);
    this.#setConnection({ status: 'waiting', code, message, retryInMs, ...this.#kept });
  }

  #tellLoss(): void {
    const loss = this.#speech.lossOf(this.#outbox, this.#reason);
    if (loss) this.#options.onLost(loss);
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#watch.stop();
    this.#socket = this.#resumable = this.#offer = this.#lastEventId = undefined;
    this.#hadSession = false;
    this.#outbox.clear();
  }

  #giveUpAfter(ms: number, socket: ClientSocket): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lose(socket, { code: 'timeout' }), ms);
  }

  #setConnection(connection: Connection): void {
    this.#connection = connection;
    this.#options.onConnection(connection);
  }
}
