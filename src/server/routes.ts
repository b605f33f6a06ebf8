import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeedError } from '../errors.ts';
import type { ServerContext } from './context.ts';
import type { Route } from './protocol.ts';
import { publicError } from './public-error.ts';
import { drainingError } from './readiness.ts';
import { commonHeaders, sendError, sendJson } from './respond.ts';
import { targetOf } from './target.ts';

/** Request headers that pages of an allowed origin may send, unless they ask for others. */
const usualHeaders = 'authorization, content-type, last-event-id';
/** Header names, as a browser lists them. Clients such as OpenAI's send many of their own. */
const headerNames = /^[\w-]+(?:\s*,\s*[\w-]+){0,99}$/;

/** Response headers, besides the usual ones, that pages of an allowed origin may read. */
const readableHeaders = 'x-request-id, x-heed-warning, retry-after';

/** How long a browser may keep the response to `OPTIONS`, seconds. */
const preflightSeconds = 600;

/** Responds to all requests that are not WebSockets, with the first route whose path and method fit. */
export class Routes {
  readonly #context: ServerContext;
  readonly #routes: readonly { route: Route; pattern: RegExp }[];

  constructor(context: ServerContext, routes: readonly Route[]) {
    this.#context = context;
    this.#routes = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  }

  /** Responds to one request; never rejects. */
  async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let tell: NonNullable<Route['sendError']> = sendError;
    try {
      const { host, origin } = request.headers;
      this.#context.access.checkAddress({ host, origin });
      const target = targetOf(request);
      if (!target) throw new HeedError('bad-message', 'The address of the request cannot be read.');
      if (origin !== undefined) {
        response.setHeader('access-control-allow-origin', origin).setHeader('vary', 'origin');
        response.setHeader('access-control-expose-headers', readableHeaders);
      }
      const found = this.#find(target.path);
      const methods = found.flatMap(({ route }) => (route.method === 'GET' ? ['GET', 'HEAD'] : [route.method]));
      if (request.method === 'OPTIONS') return sendOptions(request, response, methods);
      const chosen = found.find(({ route }) => isFor(route, request.method));
      if (!chosen) return sendWrongMethod(request, response, methods);
      const { route, params } = chosen;
      tell = route.sendError ?? tell;
      this.#logLater(route, response);
      if (route.isPublic !== true) this.#context.door.checkToken(request.socket, target.token);
      if (this.#context.readiness.isDraining && route.method !== 'GET') throw drainingError();
      await route.handler({ request, response, target, params });
    } catch (error) {
      const known = publicError(error, this.#context.log);
      this.#context.refusals.count('request', known.code);
      if (response.headersSent || response.destroyed) response.destroy();
      else tell(response, known);
    }
  }

  /** Logs the route, not the address of the request: that may hold a token. */
  #logLater({ method, path }: Route, response: ServerResponse): void {
    const startedMs = this.#context.now();
    response.once('close', () => {
      const took_ms = Math.round(this.#context.now() - startedMs);
      this.#context.log(`${method} ${path}`, { level: 'debug', status: response.statusCode, took_ms });
    });
  }

  /** Returns the routes for a path; `*` counts only where no other route fits. */
  #find(path: string): { route: Route; params: Record<string, string> }[] {
    const found = this.#routes.flatMap(({ route, pattern }) => {
      const match = pattern.exec(path);
      return match ? [{ route, params: { ...match.groups } }] : [];
    });
    const own = found.filter(({ route }) => route.path !== '*');
    return own.length > 0 ? own : found;
  }
}

/** Turns a path such as `/v1/utterances/:id` into a pattern with one named group for each `:name`. */
function patternOf(path: string): RegExp {
  if (path === '*') return /^/;
  const parts = path.split('/').map((part) => (part.startsWith(':') ? `(?<${part.slice(1)}>[\\w.~%-]{1,300})` : part));
  return new RegExp(`^${parts.join('/')}$`);
}

function isFor({ method }: Route, wanted: string | undefined): boolean {
  return wanted === method || (method === 'GET' && wanted === 'HEAD');
}

/** Responds to the preflight request that a browser makes before a page of another origin may send a token. */
function sendOptions(request: IncomingMessage, response: ServerResponse, methods: readonly string[]): void {
  const asked = String(request.headers['access-control-request-headers'] ?? '');
  const isLocal = request.headers['access-control-request-private-network'] === 'true';
  response.writeHead(204, {
    ...commonHeaders,
    allow: methods.join(', '),
    'access-control-allow-methods': methods.join(', '),
    'access-control-allow-headers': headerNames.test(asked) ? asked : usualHeaders,
    // A page on the internet asks this before it calls a server on the speaker's own machine or network.
    ...(isLocal ? { 'access-control-allow-private-network': 'true' } : {}),
    'access-control-max-age': String(preflightSeconds),
  });
  response.end();
}

function sendWrongMethod(request: IncomingMessage, response: ServerResponse, methods: readonly string[]): void {
  response.setHeader('allow', methods.join(', '));
  const message = `This address does not take ${request.method}. Use ${methods[0]}.`;
  sendJson(response, 405, { error: { code: 'bad-message', message } });
}
