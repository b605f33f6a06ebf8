import type { HeedEvent } from './events.ts';
import type { Connection } from './connection.ts';
import type { Loss } from './lost-speech.ts';

/** The part of a WebSocket that a line uses, the same in browsers and in Node. */
export interface ClientSocket {
  binaryType: string;
  readonly bufferedAmount: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  send(data: string | ArrayBuffer): void;
  close(code?: number): void;
}

/** What a line needs. */
export interface StreamLineOptions {
  openSocket: () => ClientSocket;
  /** Returns the first message of a session, without `resumable`. */
  startMessage: () => Record<string, unknown>;
  /** Returns the messages that a new session gets before anything else; default: none. */
  sessionMessages?: () => Record<string, unknown>[];
  onConnection: (connection: Connection) => void;
  onEvent: (event: HeedEvent) => void;
  /** Called when a new session begins, or none can, and something of what was said before was lost. */
  onLost: (loss: Loss) => void;
}
