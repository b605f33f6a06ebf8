/** The one subprotocol that the server answers with. */
const heedProtocol = 'heed.v1';

/** Browsers cannot set headers on a WebSocket, but they can offer subprotocols: this one carries the token. */
const tokenPrefix = 'heed.token.';

/** Returns the token among the subprotocols that a client offers, which is percent-encoded as in an address. */
export function tokenOf(offered: string | undefined): string | undefined {
  const found = offered
    ?.split(',')
    .map((name) => name.trim())
    .find((name) => name.startsWith(tokenPrefix));
  if (found === undefined) return undefined;
  const encoded = found.slice(tokenPrefix.length);
  try {
    return decodeURIComponent(encoded);
  } catch {
    // A broken escape sequence: the check of the token refuses it like any other wrong one.
    return encoded;
  }
}

/** Returns the subprotocol that the server answers with: heed's own if offered, and never the one with the token. */
export function chosenProtocol(offered: ReadonlySet<string>): string | false {
  if (offered.has(heedProtocol)) return heedProtocol;
  return [...offered].find((name) => !name.startsWith(tokenPrefix)) ?? false;
}
