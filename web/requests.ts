/** Asks the server on behalf of the page. */
export class Requests {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  /** Addresses are relative to the page, because a proxy may offer the server under a path. */
  url(path: string, query: Record<string, string> = {}): string {
    return `${path}?${new URLSearchParams({ ...query, token: this.#token }).toString()}`;
  }

  /** Returns the answer's JSON. Rejects with a message for the person. */
  async send<T>(url: string, init: RequestInit = {}): Promise<T> {
    const response = await fetch(url, init);
    const body = (await response.json()) as T & { error?: { message: string } };
    if (!response.ok) throw new Error(body.error?.message ?? `The server answered ${response.status}.`);
    return body;
  }
}
