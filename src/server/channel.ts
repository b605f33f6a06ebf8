import { randomUUID } from 'node:crypto';
import type { Config } from '../config/index.ts';
import { HeedError, type ErrorCode } from '../errors.ts';
import type { HeedEvent } from '../events/event.ts';
import type { Log } from '../log.ts';
import { Backlog, slowReader, tooMuch, type Told } from './backlog.ts';
import { closeCodeOf } from './close-codes.ts';
import type { HeedSocket } from './heed-socket.ts';
import { publicError } from './public-error.ts';
import { Turn } from './turn.ts';

/** A protocol's side of one WebSocket. */
export interface Connection {
  /** Takes one message; the next one is passed on when this has resolved. A rejection ends the connection. */
  receive(data: Uint8Array, isBinary: boolean): Promise<void> | void;
  /** Tells the client why the connection ends. */
  tell(error: HeedError): void;
  /** Resolves when nothing is under way that the client should see the end of. Absent where that is never so. */
  quiet?(): Promise<void>;
  /** Called instead of `end` when the line broke: the client did not mean to leave. Default: `end('disconnected')`. */
  lost?(): Promise<void> | void;
  /** Frees what the connection holds. Called once; the server does not finish closing before it has resolved. */
  end(reason: string): Promise<void> | void;
}

/** What a channel needs. */
export interface ChannelOptions {
  config: Config['server'];
  log: Log;
  /** Whether the handshake has shown the token. */
  isKnown: boolean;
  /** Checks a token that came in a message. Throws a HeedError when the client may not come in with it. */
  enter: (token: string | undefined) => void;
  /** Called with the code of the error because of which the connection is ended. */
  onRefusal?: (code: ErrorCode) => void;
}

/** The close code of a socket whose other side said no goodbye. */
const brokenCode = 1006;

/** What a client may send before it has shown the token, bytes. */
const maxUnknownBytes = 4_096;

/** How long the messages of one client are handled before others have their turn, ms. */
const maxTurnMs = 2;

/** The memory that a waiting message takes besides its content, bytes; so that empty messages count as well. */
const messageOverheadBytes = 64;

/**
 * One WebSocket with bounded buffers in both directions. Messages are handled one after the other; while many of them
 * wait, the socket is not read. A client that does not read what it is sent is disconnected. No other file uses sockets
 * directly.
 */
export class Channel {
  readonly id = randomUUID();
  readonly #socket: HeedSocket;
  readonly #options: ChannelOptions;
  readonly #inbox: { data: Buffer; isBinary: boolean }[] = [];
  #inboxBytes = 0;
  readonly #backlog: Backlog;
  #connection: Connection | undefined;
  #state: 'open' | 'closing' | 'closed' = 'open';
  #client: 'unknown' | 'known';
  #unknownBytes = 0;
  #handling: 'idle' | 'busy' = 'idle';
  /** Settles when the messages that have come are handled. */
  #handled: Promise<void> = Promise.resolve();
  #pulse: 'alive' | 'pinged' = 'alive';
  #firstMessageTimer: NodeJS.Timeout | undefined;
  #ended: Promise<void> | undefined;

  constructor(socket: HeedSocket, options: ChannelOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#client = options.isKnown ? 'known' : 'unknown';
    this.#backlog = new Backlog(socket, options.config.maxBufferedBytes);
    socket.on('message', (data: Buffer, isBinary) => this.#receive(data, isBinary));
    socket.on('pong', () => {
      this.#pulse = 'alive';
    });
    socket.on('close', (code?: number) => this.#closed(code));
    // Harmless, because 'close' follows every error and cleans up.
    socket.on('error', () => undefined);
    socket.onFault = (code, message) => this.refuse(new HeedError(code, message));
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Sets the connection that takes the messages from now on. */
  speak(connection: Connection): void {
    this.#connection = connection;
  }

  /**
   * Lets the client in with the token of its first message, or with that of its handshake.
   * @throws HeedError `unauthorized` or `too-many`
   */
  enter(token: string | undefined): void {
    if (token !== undefined || this.#client === 'unknown') this.#options.enter(token);
    this.#client = 'known';
  }

  /** Counts the bytes that have come on the line, and refuses a client that goes on without having shown the token. */
  count(bytes: number): void {
    if (this.#client === 'known') return;
    this.#unknownBytes += bytes;
    if (this.#unknownBytes > maxUnknownBytes)
      this.refuse(
        new HeedError(
          'too-large',
          `More than ${maxUnknownBytes} bytes came before a token. Show it in the handshake, or in a short message.`,
        ),
      );
  }

  /** Refuses the connection when no message comes in time. */
  expectMessage(withinMs: number): void {
    this.#firstMessageTimer = setTimeout(() => {
      this.refuse(
        new HeedError('timeout', `The first message was expected within ${withinMs} ms; none came. Send it at once.`),
      );
    }, withinMs);
  }

  /** What the client has not taken yet, bytes. */
  get waitingBytes(): number {
    return this.#backlog.waitingBytes;
  }

  /** Sends texts that are held in memory anyway, before all that is sent from now on. */
  begin(earlier: Iterable<Told>): void {
    if (this.#state === 'open') this.#backlog.begin(earlier);
  }

  /** Sends a text, and says of which event it tells; see `Backlog`. Disconnects a client that reads too slowly. */
  send(text: string, event?: HeedEvent): void {
    if (this.#state !== 'open' || this.#backlog.push({ text, event })) return;
    this.#options.log(slowReader('client', tooMuch(this.#options.config.maxBufferedBytes)));
    this.#options.onRefusal?.('too-slow');
    // The line is as good as broken: a session that can be resumed waits for another one.
    const connection = this.#connection;
    void this.#end('too-slow', connection?.lost?.bind(connection));
    this.close(closeCodeOf('too-slow'), 'too-slow');
  }

  /** Ends the connection because of an error: tells the client, then closes the socket with the code of the error. */
  refuse(error: unknown): void {
    if (this.#state !== 'open') return;
    const told = publicError(error, this.#options.log);
    this.#options.onRefusal?.(told.code);
    this.#connection?.tell(told);
    this.close(closeCodeOf(told.code), told.code);
  }

  /** Closes the socket and ends its connection. Idempotent. */
  close(code: number, reason: string): void {
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    this.#inbox.length = 0;
    this.#backlog.close();
    // A paused socket would never read the client's part of the closing handshake.
    this.#socket.resume();
    this.#socket.close(code, reason);
    void this.#end(reason);
  }

  /** Whether `drain` waits for something that the client does. */
  get canDrain(): boolean {
    return this.#connection?.quiet !== undefined;
  }

  /** Lets the client finish what it has begun, then ends the connection. */
  async drain(): Promise<void> {
    await this.#handled;
    await this.#connection?.quiet?.();
    await this.shutDown();
  }

  /** Ends the connection while the client can still get its last events, then closes the socket. */
  async shutDown(): Promise<void> {
    await this.#end('shutdown');
    this.close(1001, 'shutdown');
  }

  /** Drops the socket if nothing has come since the last ping; otherwise pings again. */
  beat(): void {
    if (this.#state !== 'open' || this.#socket.isPaused) return;
    if (this.#pulse === 'pinged') this.#socket.terminate();
    else {
      this.#pulse = 'pinged';
      this.#socket.ping();
    }
  }

  #receive(data: Buffer, isBinary: boolean): void {
    clearTimeout(this.#firstMessageTimer);
    this.#pulse = 'alive';
    if (this.#state !== 'open') return;
    const { maxBufferedBytes } = this.#options.config;
    this.#inbox.push({ data, isBinary });
    this.#inboxBytes += data.length + messageOverheadBytes;
    if (this.#inboxBytes > maxBufferedBytes) {
      this.refuse(
        new HeedError(
          'too-large',
          `More than ${maxBufferedBytes} bytes are waiting to be handled. Send no faster than real time.`,
        ),
      );
    } else if (this.#handling === 'idle') this.#handled = this.#handleInbox();
    else if (this.#inboxBytes > maxBufferedBytes / 4) this.#socket.pause();
  }

  async #handleInbox(): Promise<void> {
    this.#handling = 'busy';
    const turn = new Turn(maxTurnMs);
    try {
      for (let message = this.#inbox.shift(); message; message = this.#inbox.shift()) {
        await this.#connection?.receive(message.data, message.isBinary);
        this.#inboxBytes -= message.data.length + messageOverheadBytes;
        if (this.#inbox.length > 0) await turn.pass();
      }
    } catch (error) {
      this.refuse(error);
    }
    this.#handling = 'idle';
    if (!this.#socket.isPaused) return;
    // The pong for an earlier ping may still be unread in the paused socket.
    this.#pulse = 'alive';
    this.#socket.resume();
  }

  #closed(code: number | undefined): void {
    this.#state = 'closed';
    this.#inbox.length = 0;
    this.#backlog.close();
    const connection = this.#connection;
    void this.#end('disconnected', code === brokenCode ? connection?.lost?.bind(connection) : undefined);
  }

  #end(reason: string, instead?: () => Promise<void> | void): Promise<void> {
    clearTimeout(this.#firstMessageTimer);
    const end = instead ?? (() => this.#connection?.end(reason));
    this.#ended ??= (async () => end())().catch((error: unknown) => {
      publicError(error, this.#options.log);
    });
    return this.#ended;
  }
}
