import { WebSocket } from 'ws';
import type { ErrorCode } from '../errors.ts';

/** What the WebSocket layer itself finds wrong, by the close code it would use. */
const faults: Record<number, [ErrorCode, string]> = {
  1007: ['bad-message', 'A text message must be UTF-8; this one is not.'],
  1009: ['too-large', 'The message is larger than server.maxPayloadBytes. Send audio in smaller pieces.'],
};

/** A WebSocket whose own protocol faults end it with heed's error events and close codes too. */
export class HeedSocket extends WebSocket {
  /** Told of a fault before the socket closes. */
  onFault: ((code: ErrorCode, message: string) => void) | undefined;

  override close(code?: number, reason?: string | Buffer): void {
    const fault = code === undefined ? undefined : faults[code];
    if (fault && this.onFault && this.readyState === WebSocket.OPEN) this.onFault(...fault);
    else super.close(code, reason);
  }
}
