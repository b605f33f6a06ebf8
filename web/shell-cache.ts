/** What the service worker needs of the browser. */
export interface ShellCacheOptions {
  /** Names this build of the page. */
  version: string;
  /** The files that make up the page, by their addresses below `base`. */
  shell: readonly string[];
  /** The address of the page. Behind a proxy several heeds may share an origin, each at a path of its own. */
  base: string;
  caches: Pick<CacheStorage, 'open' | 'keys' | 'delete'>;
  fetch: (request: Request, init: RequestInit) => Promise<Response>;
}

/** A server that does not answer in this time counts as out of reach, ms. */
const answerWithinMs = 5_000;

/**
 * The files of the page, kept for when heed cannot be reached. While it can be reached, every file comes from there, so
 * that no page is ever older than its server. Only files of the build are kept, under their own addresses: no response
 * of `/v1`, and no address with a token in it.
 */
export class ShellCache {
  readonly #options: ShellCacheOptions;
  readonly #addresses: ReadonlySet<string>;

  constructor(options: ShellCacheOptions) {
    const { shell, base } = options;
    this.#options = options;
    this.#addresses = new Set(shell.map((file) => new URL(file, base).href));
  }

  /** Fetches all files of this build; rejects when one is missing, and then keeps none. */
  async fill(): Promise<void> {
    const cache = await this.#open();
    await cache.addAll([...this.#addresses].map((address) => new Request(address, { cache: 'reload' })));
  }

  /** Drops the files of other builds. */
  async dropOthers(): Promise<void> {
    const { caches } = this.#options;
    const old = (await caches.keys()).filter((name) => name.startsWith(this.#prefix) && name !== this.#name);
    await Promise.all(old.map((name) => caches.delete(name)));
  }

  /** Returns the kept address of what a request asks for; undefined for what is not a file of the page. */
  addressOf({ method, url }: Pick<Request, 'method' | 'url'>): string | undefined {
    const { origin, pathname } = new URL(url);
    const address = `${origin}${pathname}`;
    return method === 'GET' && this.#addresses.has(address) ? address : undefined;
  }

  /** Answers with the server's file or, when the server is out of reach, with the kept one. */
  async answer(request: Request, address: string): Promise<Response> {
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
    const kept = await (await this.#open()).match(address);
    return kept ?? Response.error();
  }

  /** A space ends the path, as no path has one: otherwise that of another heed could begin with it. */
  get #prefix(): string {
    return `heed-shell-${new URL(this.#options.base).pathname} `;
  }

  get #name(): string {
    return `${this.#prefix}${this.#options.version}`;
  }

  #open(): Promise<Cache> {
    return this.#options.caches.open(this.#name);
  }
}
