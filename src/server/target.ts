import type { IncomingMessage } from 'node:http';
import { tokenOf } from './subprotocols.ts';

/** The address that a request asks for, and the token that it carries. */
export interface Target {
  path: string;
  query: URLSearchParams;
  /** From `?token=`, an `Authorization: Bearer` header or, for a WebSocket, a subprotocol. */
  token: string | undefined;
}

/** Parses a request's address; returns undefined when it is not a valid one. */
export function targetOf({ url, headers }: IncomingMessage): Target | undefined {
  if (!url?.startsWith('/') || !URL.canParse(`http://server${url}`)) return undefined;
  const { pathname, searchParams } = new URL(`http://server${url}`);
  const [, bearer] = /^Bearer (.+)$/i.exec(headers.authorization ?? '') ?? [];
  return {
    path: pathname,
    query: searchParams,
    token: searchParams.get('token') ?? bearer ?? tokenOf(headers['sec-websocket-protocol']),
  };
}
