import { describe, expect, test } from 'vitest';
import { addressFrom, forgetGiven, keepToken, takeToken, type TokenPlaces } from '../../web/token.ts';

/** A tab, which may keep something. */
class Tab {
  readonly #kept = new Map<string, string>();
  readonly #canStore: boolean;

  constructor(canStore = true) {
    this.#canStore = canStore;
  }

  /** Opens an address in it. */
  visit(href: string): TokenPlaces & { readonly location: { href: string } } {
    const location = { href };
    return {
      location,
      history: {
        replaceState: (_: unknown, __: string, url: string) => {
          location.href = new URL(url, href).href;
        },
      },
      storage: {
        getItem: (key) => this.#kept.get(key) ?? null,
        setItem: (key, value) => {
          if (!this.#canStore) throw new Error('Storage is turned off.');
          this.#kept.set(key, value);
        },
        removeItem: (key) => void this.#kept.delete(key),
      },
    };
  }
}

const plain = 'http://127.0.0.1:4333/';

describe('the token', () => {
  test('leaves the address bar at once, and is there after a reload, whether it was accepted or not yet', () => {
    const tab = new Tab();
    const first = tab.visit(`${plain}?token=new&theme=dark#why`);
    expect(takeToken(first)).toBe('new');
    expect(first.location.href).toBe(`${plain}?theme=dark#why`);
    expect(takeToken(tab.visit(plain))).toBe('new');
    keepToken(first, 'new');
    expect(takeToken(tab.visit(plain))).toBe('new');
    expect(takeToken(new Tab().visit(plain))).toBe('');
  });

  test('that is refused does not replace one that works', () => {
    const tab = new Tab();
    const first = tab.visit(`${plain}?token=good`);
    keepToken(first, takeToken(first));
    const second = tab.visit(`${plain}?token=wrong`);
    expect(takeToken(second)).toBe('wrong');
    forgetGiven(second);
    expect(takeToken(tab.visit(plain))).toBe('good');
  });

  test('of another heed behind the same proxy is another one', () => {
    const tab = new Tab();
    for (const room of ['kitchen', 'bedroom']) {
      const page = tab.visit(`https://home.example/${room}/?token=${room}`);
      keepToken(page, takeToken(page));
    }
    expect(takeToken(tab.visit('https://home.example/kitchen/'))).toBe('kitchen');
  });

  test('stays in the address where nothing can be kept, so that a reload works', () => {
    const page = new Tab(false).visit(`${plain}?token=new`);
    expect(takeToken(page)).toBe('new');
    keepToken(page, 'new');
    expect(page.location.href).toContain('token=new');
  });
});

test.each([
  ['https://192.0.2.7:4333/?token=abc', 'https://10.0.0.5:4333/?token=abc'],
  ['  abc-_123  ', 'https://10.0.0.5:4333/?token=abc-_123'],
  ['https://192.0.2.7:4333/', undefined],
  ['two words', undefined],
  ['', undefined],
])('pasting “%s” leads to %s', (pasted, address) => {
  expect(addressFrom({ location: { href: 'https://10.0.0.5:4333/?token=wrong' } }, pasted)).toBe(address);
});
