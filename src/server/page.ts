import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { HeedError } from '../errors.ts';
import type { RouteRequest } from './protocol.ts';
import { commonHeaders } from './respond.ts';

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
};

/** The folder of the built page, as seen from the compiled server or from its TypeScript sources. */
export const pageDir = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/web' : '../web', import.meta.url),
);

/** Serves the files of the built page. */
export class Page {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /**
   * Responds to GET and HEAD for a path of the page; `/` is `index.html`. Browsers must ask for each file again every
   * time, but it is sent only when it has changed, so that a rebuilt page shows at once.
   * @throws HeedError `not-found`
   */
  async serve(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const file = this.#fileOf(path);
    const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
    if (file === undefined || !found?.isFile()) {
      throw new HeedError(
        'not-found',
        path === '/'
          ? 'The page has not been built. Run "npm start", which builds it, or "npm run setup".'
          : `There is nothing at ${path.slice(0, 200)}. docs/protocol.md lists the addresses of the server.`,
      );
    }
    const tag = `"${found.size.toString(36)}-${Math.trunc(found.mtimeMs).toString(36)}"`;
    const headers = {
      ...commonHeaders,
      ...securityHeaders(request.headers.host ?? ''),
      'cache-control': 'no-cache',
      etag: tag,
    };
    if (request.headers['if-none-match'] === tag) {
      response.writeHead(304, headers).end();
      return;
    }
    response.writeHead(200, {
      ...headers,
      'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
      'content-length': found.size,
    });
    if (request.method === 'HEAD') response.end();
    else await send(file, { request, response });
  }

  #fileOf(path: string): string | undefined {
    let name: string;
    try {
      name = decodeURIComponent(path === '/' ? '/index.html' : path);
    } catch {
      // A path with a broken escape sequence names no file.
      return undefined;
    }
    const file = normalize(join(this.#dir, name));
    return name.includes('\0') || !file.startsWith(this.#dir + sep) ? undefined : file;
  }
}

/** Sends a file. A client that leaves meanwhile is no error; a response that was not its turn yet is not told of it. */
async function send(path: string, { request, response }: Pick<RouteRequest, 'request' | 'response'>): Promise<void> {
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  request.socket.once('close', leave);
  if (request.socket.destroyed) leave();
  try {
    await pipeline(createReadStream(path), response, { signal: gone.signal });
  } catch (error) {
    if (!gone.signal.aborted && !response.destroyed) throw error;
  } finally {
    request.socket.off('close', leave);
  }
}

/**
 * Returns headers that allow the page to use the microphone and to load from and connect to its own server only. The
 * `ws:` addresses are there for browsers that do not count them as `'self'`.
 */
function securityHeaders(host: string): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "worker-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "manifest-src 'self'",
      "media-src 'self' blob:",
      `connect-src 'self' ws://${host} wss://${host}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'permissions-policy': 'microphone=(self), camera=(), geolocation=()',
    // Together these isolate the page from all other origins; it loads nothing from them anyway.
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
  };
}
