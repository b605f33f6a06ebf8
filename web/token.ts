/** Where the token comes from and is kept; in a browser that is `window`. */
export interface TokenPlaces {
  readonly location: Pick<Location, 'href'>;
  readonly localStorage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly history: { replaceState(data: unknown, unused: string, url: string): void };
}

/** The storage belongs to the origin, and behind a proxy several heeds may share one, each at a path of its own. */
function storageKey({ location }: Pick<TokenPlaces, 'location'>): string {
  return `heed-token:${new URL('.', location.href).pathname}`;
}

/** Returns the token of the page's address or, without one, the token of an earlier visit. */
export function readToken(places: TokenPlaces): string {
  return new URL(places.location.href).searchParams.get('token') ?? storedToken(places) ?? '';
}

/**
 * Keeps a token that the server has accepted, and takes it out of the address bar, where others could read it and from
 * where it could get into a bookmark. Where nothing can be kept, the address stays as it is, so that a reload works.
 */
export function keepToken(places: TokenPlaces, token: string): void {
  try {
    places.localStorage.setItem(storageKey(places), token);
  } catch {
    // Storage is turned off or full; the address then still has the token.
    return;
  }
  const url = new URL(places.location.href);
  if (!url.searchParams.has('token')) return;
  url.searchParams.delete('token');
  places.history.replaceState(null, '', `${url.pathname}${url.search}${url.hash}`);
}

/** Returns the page's address with the token of a pasted text: the whole address that heed printed, or the token. */
export function addressFrom(places: Pick<TokenPlaces, 'location'>, pasted: string): string | undefined {
  const text = pasted.trim();
  const token = URL.canParse(text) ? new URL(text).searchParams.get('token') : text;
  if (token === null || token === '' || /\s/.test(token)) return undefined;
  const url = new URL('.', places.location.href);
  url.searchParams.set('token', token);
  return url.href;
}

function storedToken(places: TokenPlaces): string | undefined {
  try {
    return places.localStorage.getItem(storageKey(places)) ?? undefined;
  } catch {
    // Storage is turned off.
    return undefined;
  }
}
