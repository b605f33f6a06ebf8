import type { HeedEvent } from './events.ts';

/** What the server says about the line itself. */
export type LineMessage =
  | { type: 'resumable'; session_id: string; resume_token: string; resume_ms: number }
  | { type: 'resumed'; session_id: string; audio: number; messages: number }
  | { type: 'taken'; audio: number; messages: number };

/** A message of the server. */
export type ServerMessage = LineMessage | HeedEvent;

/** Returns what is in a message. Anything else, which a newer server may send, is ignored. */
export function parseMessage(text: string): ServerMessage | undefined {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === 'object' && message !== null && 'type' in message && typeof message.type === 'string'
      ? (message as ServerMessage)
      : undefined;
  } catch {
    return undefined;
  }
}
