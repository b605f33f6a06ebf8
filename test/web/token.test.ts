import { describe, expect, test } from 'vitest';
import { addressFrom, keepToken, readToken, type TokenPlaces } from '../../web/token.ts';

/** A page at an address, with what an earlier visit has left. */
function pageAt(href: string, stored?: string, canStore = true): TokenPlaces & { shown: string } {
  let kept = stored;
  const storage = {
    getItem: () => kept ?? null,
    setItem: (_: string, value: string) => {
      if (!canStore) throw new Error('Storage is turned off.');
      kept = value;
    },
  };
  const page = {
    location: { href },
    localStorage: storage,
    shown: href,
    history: {
      replaceState: (_: unknown, __: string, url: string) => {
        page.shown = new URL(url, href).href;
      },
    },
  };
  return page;
}

describe('the token', () => {
  test.each([
    ['http://127.0.0.1:4333/?token=new', 'old', 'new'],
    ['http://127.0.0.1:4333/', 'old', 'old'],
    ['http://127.0.0.1:4333/', undefined, ''],
  ])('at %s, with %j of an earlier visit, is %j', (href, stored, token) => {
    expect(readToken(pageAt(href, stored))).toBe(token);
  });

  test('is kept once the server has accepted it, and leaves the address bar', () => {
    const page = pageAt('http://127.0.0.1:4333/?token=new&theme=dark#why');
    keepToken(page, readToken(page));
    expect(page.shown).toBe('http://127.0.0.1:4333/?theme=dark#why');
    expect(readToken({ ...page, location: { href: page.shown } })).toBe('new');
  });

  test('of another heed behind the same proxy is another one', () => {
    const kept = new Map<string, string>();
    const localStorage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    for (const room of ['kitchen', 'bedroom']) {
      const page = { ...pageAt(`https://home.example/${room}/?token=${room}`), localStorage };
      keepToken(page, readToken(page));
    }
    const page = { ...pageAt('https://home.example/kitchen/'), localStorage };
    expect(readToken(page)).toBe('kitchen');
  });

  test('stays in the address where nothing can be kept, so that a reload works', () => {
    const page = pageAt('http://127.0.0.1:4333/?token=new', undefined, false);
    keepToken(page, readToken(page));
    expect(page.shown).toContain('token=new');
  });
});

test.each([
  ['https://192.0.2.7:4333/?token=abc', 'https://10.0.0.5:4333/?token=abc'],
  ['  abc-_123  ', 'https://10.0.0.5:4333/?token=abc-_123'],
  ['https://192.0.2.7:4333/', undefined],
  ['two words', undefined],
  ['', undefined],
])('pasting “%s” leads to %s', (pasted, address) => {
  expect(addressFrom(pageAt('https://10.0.0.5:4333/?token=wrong'), pasted)).toBe(address);
});
