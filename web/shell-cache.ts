/** What the service worker needs of the browser. */
export interface ShellCacheOptions {
  /** Names this build of the page. */
  version: string;
  /** The addresses of the files that make up the page. */
  shell: readonly string[];
  origin: string;
  caches: Pick<CacheStorage, 'open' | 'keys' | 'delete'>;
  fetch: (request: Request, init: RequestInit) => Promise<Response>;
}

const prefix = 'heed-shell-';
/** A server that does not answer in this time counts as out of reach, ms. */
const answerWithinMs = 5_000;

/**
 * The files of the page, kept for when heed cannot be reached. While it can be reached, every file comes from there, so
 * that no page is ever older than its server. Only files of the build are kept, under their own addresses: no response
 * of `/v1`, and no address with a token in it.
 */
export class ShellCache {
  readonly #options: ShellCacheOptions;

  constructor(options: ShellCacheOptions) {
    this.#options = options;
  }

  /** Fetches all files of this build; rejects when one is missing, and then keeps none. */
  async fill(): Promise<void> {
    const { origin, shell } = this.#options;
    const cache = await this.#open();
    await cache.addAll(shell.map((path) => new Request(`${origin}${path}`, { cache: 'reload' })));
  }

  /** Drops the files of other builds. */
  async dropOthers(): Promise<void> {
    const { caches } = this.#options;
    const old = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== this.#name);
    await Promise.all(old.map((name) => caches.delete(name)));
  }

  /** Returns the kept address of what a request asks for; undefined for what is not a file of the page. */
  pathOf({ method, url }: Pick<Request, 'method' | 'url'>): string | undefined {
    const { origin, pathname } = new URL(url);
    const isOurs = method === 'GET' && origin === this.#options.origin && this.#options.shell.includes(pathname);
    return isOurs ? pathname : undefined;
  }

  /** Answers with the server's file or, when the server is out of reach, with the kept one. */
  async answer(request: Request, path: string): Promise<Response> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), answerWithinMs);
    try {
      const response = await this.#options.fetch(request, { signal: patience.signal });
      // A proxy whose heed is away answers with an error of its own.
      if (response.status < 500) return response;
    } catch {
      // The server is out of reach: that is what the cache is for.
    } finally {
      clearTimeout(timer);
    }
    const kept = await (await this.#open()).match(`${this.#options.origin}${path}`);
    return kept ?? Response.error();
  }

  get #name(): string {
    return `${prefix}${this.#options.version}`;
  }

  #open(): Promise<Cache> {
    return this.#options.caches.open(this.#name);
  }
}
