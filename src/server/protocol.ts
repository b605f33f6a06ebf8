import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HeedError } from '../errors.ts';
import type { Channel, Connection } from './channel.ts';
import type { ServerContext } from './context.ts';
import type { Target } from './target.ts';

/** One request on its way to a handler: its address has been checked, and its token unless the route is public. */
export interface RouteRequest {
  request: IncomingMessage;
  response: ServerResponse;
  target: Target;
  /** What stood in the places of `:name` in the route's path. */
  params: Record<string, string>;
}

/** One line of the route table. */
export interface Route {
  /** GET takes HEAD as well. */
  method: 'GET' | 'POST';
  /** Such as `/v1/utterances/:id`; `:id` is one segment of letters, digits, `_` and `-`. `*` is every other path. */
  path: string;
  /** True lets everybody in; without it the token is checked before the handler is called. */
  isPublic?: boolean;
  /** What it throws is told to the client by `sendError`. */
  handler: (request: RouteRequest) => Promise<void> | void;
  /** Tells an error in the protocol's own shape; default `{"error":{"code","message"}}`. */
  sendError?: (response: ServerResponse, error: HeedError) => void;
}

/** Makes what is spoken on one WebSocket. It throws what the connection is refused with. */
export type Upgrade = (channel: Channel, target: Target) => Connection;

/** What a protocol adds to a server. */
export interface ServedProtocol {
  routes?: readonly Route[];
  /** WebSockets by path. They check the token themselves, since a browser can only show it in the first message. */
  upgrades?: Readonly<Record<string, Upgrade>>;
  /** Called every `server.heartbeatMs`. */
  beat?: () => void;
  /** Ends what still runs; what it held is freed when it resolves. */
  close?: () => Promise<void>;
}

/** A protocol, as it is passed to `startServer`. */
export type Protocol = (context: ServerContext) => ServedProtocol;
