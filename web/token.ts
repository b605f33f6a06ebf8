/** Where the token comes from and is kept; in a browser these are parts of `window`. */
export interface TokenPlaces {
  readonly location: Pick<Location, 'href'>;
  /** Of the tab; of an installed page, which has no address bar, the one that stays. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly history: { replaceState(data: unknown, unused: string, url: string): void };
}

/** The storage belongs to the origin, and behind a proxy several heeds may share one, each at a path of its own. */
function storageKey({ location }: Pick<TokenPlaces, 'location'>, name: 'token' | 'given'): string {
  return `heed-${name}:${new URL('.', location.href).pathname}`;
}

/**
 * Returns the token of the page's address or, without one, that of an earlier visit in this session. It is taken out of
 * the address bar at once: others could read it there, and it could get into the history, a bookmark or a picture.
 * Where nothing can be kept, the address stays as it is, so that a reload works.
 */
export function takeToken(places: TokenPlaces): string {
  const url = new URL(places.location.href);
  const given = url.searchParams.get('token');
  if (given === null) return kept(places, 'given') ?? kept(places, 'token') ?? '';
  try {
    places.storage.setItem(storageKey(places, 'given'), given);
  } catch {
    // Storage is turned off or full.
    return given;
  }
  url.searchParams.delete('token');
  places.history.replaceState(null, '', `${url.pathname}${url.search}${url.hash}`);
  return given;
}

/** Keeps a token that the server has accepted. */
export function keepToken(places: TokenPlaces, token: string): void {
  try {
    places.storage.setItem(storageKey(places, 'token'), token);
  } catch {
    // Storage is turned off or full; the address then still has the token.
  }
  forgetGiven(places);
}

/** Forgets a token that the server has refused; one that it has accepted before is taken at the next visit. */
export function forgetGiven(places: TokenPlaces): void {
  places.storage.removeItem(storageKey(places, 'given'));
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

function kept(places: TokenPlaces, name: 'token' | 'given'): string | undefined {
  return places.storage.getItem(storageKey(places, name)) ?? undefined;
}
