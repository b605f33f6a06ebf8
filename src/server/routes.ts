import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeedError } from '../errors.ts';
import type { ServerContext } from './context.ts';
import type { Route } from './protocol.ts';
import { publicError } from './public-error.ts';
import { checkRequestToken } from './request-token.ts';
import { sendError, sendJson } from './respond.ts';
import { targetOf } from './target.ts';

/** Request headers that pages of an allowed origin may send. */
const allowedHeaders = 'authorization, content-type, last-event-id';

/** How long a browser may remember what `OPTIONS` told, seconds. */
const preflightSeconds = 600;

/** Answers the requests that are no WebSockets, by the route table: the first line whose path fits is the one. */
export class Routes {
  readonly #context: ServerContext;
  readonly #table: readonly { route: Route; pattern: RegExp }[];

  constructor(context: ServerContext, routes: readonly Route[]) {
    this.#context = context;
    this.#table = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  }

  /** Answers one request; never rejects. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let tell: NonNullable<Route['sendError']> = sendError;
    try {
      const { host, origin } = request.headers;
      this.#context.access.checkAddress({ host, origin });
      const target = targetOf(request);
      if (!target) throw new HeedError('bad-message', 'The address of the request cannot be read.');
      if (origin !== undefined) response.setHeader('access-control-allow-origin', origin).setHeader('vary', 'origin');
      const lines = this.#linesOf(target.path);
      const methods = lines.flatMap(({ route }) => (route.method === 'GET' ? ['GET', 'HEAD'] : [route.method]));
      if (request.method === 'OPTIONS') return sendOptions(response, methods);
      const line = lines.find(({ route }) => isFor(route, request.method));
      if (!line) return sendWrongMethod(request, response, methods);
      const { route, params } = line;
      tell = route.sendError ?? tell;
      if (route.isPublic !== true) checkRequestToken(this.#context, request, target);
      await route.handler({ request, response, target, params });
    } catch (error) {
      const known = publicError(error, this.#context.log);
      if (response.headersSent || response.destroyed) response.destroy();
      else tell(response, known);
    }
  }

  /** The lines for a path, `*` only where there is no other. */
  #linesOf(path: string): { route: Route; params: Record<string, string> }[] {
    const found = this.#table.flatMap(({ route, pattern }) => {
      const match = pattern.exec(path);
      return match ? [{ route, params: { ...match.groups } }] : [];
    });
    const own = found.filter(({ route }) => route.path !== '*');
    return own.length > 0 ? own : found;
  }
}

/** `/v1/utterances/:id` as a pattern that names its parts. */
function patternOf(path: string): RegExp {
  if (path === '*') return /^/;
  const parts = path.split('/').map((part) => (part.startsWith(':') ? `(?<${part.slice(1)}>[\\w-]{1,100})` : part));
  return new RegExp(`^${parts.join('/')}$`);
}

function isFor({ method }: Route, wanted: string | undefined): boolean {
  return wanted === method || (method === 'GET' && wanted === 'HEAD');
}

/** What a browser asks before a page of another origin may send a token. */
function sendOptions(response: ServerResponse, methods: readonly string[]): void {
  response.writeHead(204, {
    allow: methods.join(', '),
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': allowedHeaders,
    'access-control-max-age': String(preflightSeconds),
  });
  response.end();
}

function sendWrongMethod(request: IncomingMessage, response: ServerResponse, methods: readonly string[]): void {
  response.setHeader('allow', methods.join(', '));
  const message = `${request.method} is not understood here; ${methods[0]} is.`;
  sendJson(response, 405, { error: { code: 'bad-message', message } });
}
