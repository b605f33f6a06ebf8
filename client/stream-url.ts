const streamPath = 'v1/stream';

/** Where a client connects, and with what. */
export interface StreamAddress {
  /** The WebSocket address of `/v1/stream`, without a token. */
  url: string;
  /** The token that the given address contained. */
  token: string | undefined;
}

/**
 * Returns the address of the stream. The server may be given by the address of its page, with or without `/v1/stream`,
 * and by default it is the one that served this page, whatever folder a proxy has put it in.
 */
export function streamAddress(server: string | undefined): StreamAddress {
  const page = (globalThis as { location?: { href: string } }).location?.href;
  if (server === undefined && page === undefined)
    throw new TypeError('Outside a page, HeedClient needs the option `url`, such as "http://127.0.0.1:4333".');
  const url = new URL(server ?? '.', page);
  url.protocol = url.protocol === 'https:' || url.protocol === 'wss:' ? 'wss:' : 'ws:';
  url.hash = '';
  const token = url.searchParams.get('token') ?? undefined;
  url.searchParams.delete('token');
  if (!url.pathname.endsWith(`/${streamPath}`)) url.pathname = `${url.pathname.replace(/\/?$/, '/')}${streamPath}`;
  return { url: url.href, token };
}
