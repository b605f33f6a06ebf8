import { WebSocket } from 'ws';
import type { ErrorCode } from '../errors.ts';

/** The faults that the WebSocket library finds by itself, by the close code it uses for them. */
const faults: Record<number, [ErrorCode, string]> = {
  1007: ['bad-message', 'A text message must be valid UTF-8; this one is not.'],
  1009: ['too-large', 'The message is larger than server.maxPayloadBytes. Send audio in smaller pieces.'],
};

/** A WebSocket whose protocol faults are reported like all other errors, with an error event and heed's close codes. */
export class HeedSocket extends WebSocket {
  /** Called with a fault instead of closing the socket; must close it. */
  onFault: ((code: ErrorCode, message: string) => void) | undefined;

  override close(code?: number, reason?: string | Buffer): void {
    const fault = code === undefined ? undefined : faults[code];
    if (fault && this.onFault && this.readyState === WebSocket.OPEN) this.onFault(...fault);
    else super.close(code, reason);
  }
}
