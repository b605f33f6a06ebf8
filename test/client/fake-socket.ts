import { event } from '../web/events.ts';

/** The browser's end of a connection; the test plays the server. */
export class FakeSocket {
  static all: FakeSocket[] = [];
  static get last(): FakeSocket {
    return FakeSocket.all.at(-1)!;
  }

  readonly sent: string[] = [];
  /** The messages in `sent` that are JSON. */
  get messages(): unknown[] {
    return this.sent.flatMap((data) => (typeof data === 'string' ? [JSON.parse(data) as unknown] : []));
  }

  readonly url: string;
  bufferedAmount = 0;
  binaryType = '';
  isClosed = false;
  onopen?: () => void;
  onmessage?: (message: { data: string }) => void;
  onclose?: (close: { code: number }) => void;

  constructor(url: string) {
    this.url = url;
    FakeSocket.all.push(this);
  }

  send(data: string): void {
    this.sent.push(data);
  }

  close(): void {
    this.isClosed = true;
  }

  /** The server starts the session. */
  start(): void {
    this.onopen!();
    this.receive(event({ type: 'session.started', language: 'en', commands: [] }));
  }

  receive(message: unknown): void {
    this.onmessage!({ data: JSON.stringify(message) });
  }
}
