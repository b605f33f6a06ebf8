import type { IncomingMessage } from 'node:http';

/** What a request wants, and the token it shows. */
export interface Target {
  path: string;
  query: URLSearchParams;
  /** From `?token=` or an `Authorization: Bearer` header. */
  token: string | undefined;
}

/** Reads a request's address; undefined when it is none. */
export function targetOf({ url, headers }: IncomingMessage): Target | undefined {
  if (!url?.startsWith('/') || !URL.canParse(`http://server${url}`)) return undefined;
  const { pathname, searchParams } = new URL(`http://server${url}`);
  const [, bearer] = /^Bearer (.+)$/i.exec(headers.authorization ?? '') ?? [];
  return { path: pathname, query: searchParams, token: searchParams.get('token') ?? bearer };
}
