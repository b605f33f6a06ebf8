import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HeedError } from '../errors.ts';
import type { Channel, Connection } from './channel.ts';
import type { ServerContext } from './context.ts';
import type { Target } from './target.ts';

/** One request for a handler. Its address has been checked already, and its token too unless the route is public. */
export interface RouteRequest {
  request: IncomingMessage;
  response: ServerResponse;
  target: Target;
  /** The values of the `:name` parts of the route's path. */
  params: Record<string, string>;
}

/** One route of the server. */
export interface Route {
  /** A GET route serves HEAD as well. */
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /**
   * Such as `/v1/utterances/:id`, where `:id` is one part of the path, still percent-encoded. `*` is every other path.
   */
  path: string;
  /** Whether requests need no token. Default false: the token is checked before the handler is called. */
  isPublic?: boolean;
  /** Responds to a request. An error that it throws is sent to the client by `sendError`. */
  handler: (request: RouteRequest) => Promise<void> | void;
  /** Responds with an error in the protocol's own form; default `{"error":{"code","message"}}`. */
  sendError?: (response: ServerResponse, error: HeedError) => void;
}

/** Makes the connection for one WebSocket, or throws the error with which the client is refused. */
export type Upgrade = (channel: Channel, target: Target) => Connection;

/** What a protocol adds to a server. */
export interface ServedProtocol {
  /** The server listens once this has resolved; default: at once. */
  ready?: Promise<unknown>;
  routes?: readonly Route[];
  /** WebSockets by path. They check the token themselves, because browsers can send it only in the first message. */
  upgrades?: Readonly<Record<string, Upgrade>>;
  /** Called every `server.heartbeatMs`. */
  beat?: () => void;
  /** Resolves when the work that is under way is done; no more is begun meanwhile. */
  drain?: () => Promise<void>;
  /** Ends all work that is under way; resolves when everything it held is freed. */
  close?: () => Promise<void>;
}

/** A protocol, as `startServer` takes it. */
export type Protocol = (context: ServerContext) => ServedProtocol;
