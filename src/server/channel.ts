import { randomUUID } from 'node:crypto';
import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { closeCodeOf } from './close-codes.ts';
import type { HeedSocket } from './heed-socket.ts';
import { publicError } from './public-error.ts';

/** What one connection speaks. */
export interface Connection {
  /** Takes one message; the next one comes when this has resolved. A rejection ends the connection. */
  receive(data: Uint8Array, isBinary: boolean): Promise<void> | void;
  /** Tells the client why the connection ends. */
  tell(error: HeedError): void;
  /** Frees what the connection held. Called once; until it resolves the server does not close. */
  end(reason: string): Promise<void> | void;
}

/** What a channel needs. */
export interface ChannelOptions {
  config: Config['server'];
  log: (line: string) => void;
}

/** What a message costs besides its bytes. */
const messageOverheadBytes = 64;

/**
 * One WebSocket with bounds on both sides. Messages are handled one after the other; while they wait the socket is
 * not read. A client that does not read is closed. The only file that touches a socket.
 */
export class Channel {
  readonly id = randomUUID();
  readonly #socket: HeedSocket;
  readonly #options: ChannelOptions;
  readonly #inbox: { data: Buffer; isBinary: boolean }[] = [];
  #inboxBytes = 0;
  #connection: Connection | undefined;
  #state: 'open' | 'closing' | 'closed' = 'open';
  #handling: 'idle' | 'busy' = 'idle';
  #pulse: 'heard' | 'asked' = 'heard';
  #firstMessageTimer: NodeJS.Timeout | undefined;
  #ended: Promise<void> | undefined;

  constructor(socket: HeedSocket, options: ChannelOptions) {
    this.#socket = socket;
    this.#options = options;
    socket.on('message', (data: Buffer, isBinary) => this.#receive(data, isBinary));
    socket.on('pong', () => {
      this.#pulse = 'heard';
    });
    socket.on('close', () => this.#closed());
    // 'close' follows every error and does the work.
    socket.on('error', () => undefined);
    socket.onFault = (code, message) => this.refuse(new HeedError(code, message));
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Begins to hand messages to what is spoken here. */
  speak(connection: Connection): void {
    this.#connection = connection;
  }

  /** Refuses the connection when no message comes in time. */
  expectMessage(withinMs: number): void {
    this.#firstMessageTimer = setTimeout(() => {
      this.refuse(new HeedError('timeout', `The first message must come within ${withinMs} ms; none came.`));
    }, withinMs);
  }

  /** Sends a text message. A client that reads too slowly is closed instead; nothing is sent to a closed one. */
  send(text: string): void {
    if (this.#state !== 'open') return;
    const { maxBufferedBytes } = this.#options.config;
    if (this.#socket.bufferedAmount + text.length > maxBufferedBytes) {
      this.#options.log(
        `A client reads too slowly: more than ${maxBufferedBytes} bytes wait for it. It is disconnected.`,
      );
      this.close(closeCodeOf('busy'), 'busy');
    } else this.#socket.send(text);
  }

  /** Ends the connection because of an error: the client is told, then the socket closes with the error's code. */
  refuse(error: unknown): void {
    if (this.#state !== 'open') return;
    const told = publicError(error, this.#options.log);
    this.#connection?.tell(told);
    this.close(closeCodeOf(told.code), told.code);
  }

  /** Closes the socket and ends what is spoken on it. Idempotent. */
  close(code: number, reason: string): void {
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    this.#inbox.length = 0;
    // A paused socket would never see the client's side of the closing handshake.
    this.#socket.resume();
    this.#socket.close(code, reason);
    void this.#end(reason);
  }

  /** Ends what is spoken while the client still listens, then the connection. */
  async shutDown(): Promise<void> {
    await this.#end('shutdown');
    this.close(1001, 'shutdown');
  }

  /** Drops the connection when it was silent since the last ping, else pings again. */
  beat(): void {
    if (this.#state !== 'open' || this.#socket.isPaused) return;
    if (this.#pulse === 'asked') this.#socket.terminate();
    else {
      this.#pulse = 'asked';
      this.#socket.ping();
    }
  }

  /** Drops the connection without a word. */
  terminate(): void {
    this.#socket.terminate();
  }

  #receive(data: Buffer, isBinary: boolean): void {
    clearTimeout(this.#firstMessageTimer);
    this.#pulse = 'heard';
    if (this.#state !== 'open') return;
    const { maxBufferedBytes } = this.#options.config;
    this.#inbox.push({ data, isBinary });
    this.#inboxBytes += data.length + messageOverheadBytes;
    if (this.#inboxBytes > maxBufferedBytes) {
      this.refuse(
        new HeedError(
          'too-large',
          `More than ${maxBufferedBytes} bytes wait to be handled. Send no faster than real time.`,
        ),
      );
    } else if (this.#handling === 'idle') void this.#handleInbox();
    else if (this.#inboxBytes > maxBufferedBytes / 4) this.#socket.pause();
  }

  async #handleInbox(): Promise<void> {
    this.#handling = 'busy';
    try {
      for (let message = this.#inbox.shift(); message; message = this.#inbox.shift()) {
        await this.#connection?.receive(message.data, message.isBinary);
        this.#inboxBytes -= message.data.length + messageOverheadBytes;
      }
    } catch (error) {
      this.refuse(error);
    }
    this.#handling = 'idle';
    if (!this.#socket.isPaused) return;
    // The answer to an earlier ping may still be unread.
    this.#pulse = 'heard';
    this.#socket.resume();
  }

  #closed(): void {
    this.#state = 'closed';
    this.#inbox.length = 0;
    clearTimeout(this.#firstMessageTimer);
    void this.#end('disconnected');
  }

  #end(reason: string): Promise<void> {
    clearTimeout(this.#firstMessageTimer);
    this.#ended ??= (async () => this.#connection?.end(reason))().catch((error: unknown) => {
      publicError(error, this.#options.log);
    });
    return this.#ended;
  }
}
