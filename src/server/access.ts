import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Config } from '../config/index.ts';
import { HeedError } from '../errors.ts';
import { isOwnHost } from './tls/own-names.ts';

/** The host that a request is addressed to and, if a browser sent it, the origin of the page that made it. */
export interface RequestAddress {
  host: string | undefined;
  origin: string | undefined;
}

const hostPattern = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/;
const wildcards = new Set(['0.0.0.0', '::', '']);

/** Decides who may use the server: by the host and origin, which pages in a browser cannot forge, and by the token. */
export class Access {
  readonly token: string;
  readonly #hosts: Set<string>;
  readonly #origins: Set<string>;
  /** Whether the server listens on every address of this machine. */
  readonly #isEverywhere: boolean;

  /** @param makeToken makes the token if the options set none; default: a random one */
  constructor(
    { host, token, allowedHosts, allowedOrigins }: Config['server'],
    makeToken: () => string = () => randomBytes(24).toString('base64url'),
  ) {
    this.token = token === '' ? makeToken() : token;
    this.#isEverywhere = wildcards.has(host);
    this.#hosts = new Set([...allowedHosts, ...(this.#isEverywhere ? [] : [host])].map(canonicalName));
    this.#origins = new Set(allowedOrigins.map((origin) => origin.toLowerCase().replace(/\/$/, '')));
  }

  /**
   * Refuses requests that come from pages of other origins, and requests to host names that are not ours: those come
   * from pages whose name was rebound to this address (DNS rebinding). This machine's addresses may change while the
   * server runs, so they are looked up each time. Clients other than browsers send no origin.
   * @throws HeedError `forbidden`
   */
  checkAddress({ host, origin }: RequestAddress): void {
    const [, name] = hostPattern.exec(host?.toLowerCase() ?? '') ?? [];
    if (name === undefined || !this.#isOurs(name)) {
      throw new HeedError(
        'forbidden',
        `The host "${shorten(host)}" is not allowed. Use a loopback address, or add the name to server.allowedHosts.`,
      );
    }
    if (!this.isAllowedOrigin({ host, origin })) {
      throw new HeedError(
        'forbidden',
        `Pages of "${shorten(origin)}" are not allowed. Add the origin to server.allowedOrigins.`,
      );
    }
  }

  #isOurs(name: string): boolean {
    return isLoopback(name) || this.#hosts.has(name) || (this.#isEverywhere && isOwnHost(name));
  }

  /** Whether the origin is absent, the server's own, or listed in `server.allowedOrigins`. */
  isAllowedOrigin({ host, origin }: RequestAddress): boolean {
    if (origin === undefined) return true;
    const name = origin.toLowerCase();
    const own = host?.toLowerCase() ?? '';
    return name === `http://${own}` || name === `https://${own}` || this.#origins.has(name);
  }

  /**
   * Compares the token in constant time, so that it cannot be guessed from how long that takes.
   * @throws HeedError `unauthorized`
   */
  checkToken(shown: string | undefined): void {
    if (shown === undefined || !timingSafeEqual(digest(shown), digest(this.token))) {
      throw new HeedError(
        'unauthorized',
        `The token is ${shown === undefined ? 'missing' : 'wrong'}. ` +
          'Use the address that heed printed when it started, or the option server.token.',
      );
    }
  }
}

/** Whether a host name or address can only mean this machine. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === 'localhost' || name === '::1' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** Returns a host as a URL needs it: IPv6 in brackets, and the loopback address for "listen on every address". */
export function urlHost(host: string): string {
  if (wildcards.has(host)) return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function canonicalName(host: string): string {
  const name = host.toLowerCase();
  return name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function shorten(text: string | undefined): string {
  return (text ?? '').slice(0, 100);
}
