import { describe, expect, test } from 'vitest';
import { ShellCache } from '../../web/shell-cache.ts';

const origin = 'https://heed.example:4333';

/** The caches of a browser, by name: the addresses kept in each, with their text. */
class FakeCaches {
  readonly byName = new Map<string, Map<string, string>>();

  async open(name: string): Promise<Cache> {
    const kept = this.byName.get(name) ?? new Map<string, string>();
    this.byName.set(name, kept);
    return {
      addAll: async (requests: Request[]) => requests.forEach(({ url }) => kept.set(url, `kept ${url}`)),
      match: async (url: string) => (kept.has(url) ? new Response(kept.get(url)) : undefined),
    } as unknown as Cache;
  }

  async keys(): Promise<string[]> {
    return [...this.byName.keys()];
  }

  async delete(name: string): Promise<boolean> {
    return this.byName.delete(name);
  }
}

function shellCache(
  fetch: () => Promise<Response>,
  caches = new FakeCaches(),
  { version = 'b', base = `${origin}/` } = {},
): ShellCache {
  return new ShellCache({ version, shell: ['./', 'page.js'], base, caches, fetch });
}

const away = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));

describe('the kept page', () => {
  test.each([
    ['GET', '/', '/'],
    ['GET', '/?token=secret', '/'],
    ['GET', '/page.js', '/page.js'],
    ['GET', '/v1/commands?token=secret', undefined],
    ['GET', '/v1/utterances/1/audio?token=secret', undefined],
    ['GET', '/other.js', undefined],
    ['POST', '/', undefined],
  ])('for %s %s is %s', (method, path, kept) => {
    expect(shellCache(away).addressOf({ method, url: `${origin}${path}` })).toBe(kept && `${origin}${kept}`);
  });

  test('does not answer for other servers', () => {
    expect(shellCache(away).addressOf({ method: 'GET', url: 'https://other.example/page.js' })).toBeUndefined();
  });

  test('is used only while the server is out of reach, or its proxy says so', async () => {
    const caches = new FakeCaches();
    const request = new Request(`${origin}/?token=secret`);
    await shellCache(away, caches).fill();
    const answer = async (fetch: () => Promise<Response>) =>
      await (await shellCache(fetch, caches).answer(request, `${origin}/`)).text();
    expect(await answer(async () => new Response('new'))).toBe('new');
    expect(await answer(away)).toBe(`kept ${origin}/`);
    expect(await answer(async () => new Response('bad gateway', { status: 502 }))).toBe(`kept ${origin}/`);
  });

  test('never keeps an address with a token', async () => {
    const caches = new FakeCaches();
    const cache = shellCache(async () => new Response('new'), caches);
    await cache.fill();
    await cache.answer(new Request(`${origin}/?token=secret`), `${origin}/`);
    expect([...caches.byName.values()].flatMap((kept) => [...kept.keys()])).toEqual([
      `${origin}/`,
      `${origin}/page.js`,
    ]);
  });

  test('is an error where nothing is kept', async () => {
    expect((await shellCache(away).answer(new Request(`${origin}/`), `${origin}/`)).type).toBe('error');
  });

  test('of an older build is dropped, and caches of others stay, those of a heed at another path too', async () => {
    const caches = new FakeCaches();
    await shellCache(away, caches, { version: 'a' }).fill();
    await shellCache(away, caches, { version: 'a', base: `${origin}/bedroom/` }).fill();
    await caches.open('of-another-program');
    const cache = shellCache(away, caches, { version: 'b' });
    await cache.fill();
    await cache.dropOthers();
    expect([...caches.byName.keys()]).toEqual(['heed-shell-/bedroom/ a', 'of-another-program', 'heed-shell-/ b']);
  });
});
