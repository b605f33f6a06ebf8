import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { patient } from '../patience.ts';
import { serve, type TestServer } from '../server/harness.ts';
import { closeBrowsers, closePages, openBrowser } from './browser.ts';

vi.setConfig({ testTimeout: patient(60_000) });

let server: TestServer;

beforeAll(async () => {
  server = await serve({ token: 'secret' });
});

afterEach(closePages);

afterAll(async () => {
  await closeBrowsers();
  await server[Symbol.asyncDispose]();
});

async function connected(context: BrowserContextOptions = {}): Promise<Page> {
  const page = await openBrowser({ context });
  await page.goto(server.server.url);
  await isConnected(page);
  return page;
}

async function isConnected(page: Page): Promise<void> {
  await page.getByText('Connected', { exact: true }).waitFor();
}

async function type(page: Page, phrase: string): Promise<void> {
  await page.getByLabel('Or type it').fill(phrase);
  await page.keyboard.press('Enter');
}

const newest = '.utterance:first-child';

/** Resolves when the page and its files are kept for when the server is out of reach. */
async function isKept(page: Page): Promise<void> {
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
}

describe('the transcript', () => {
  test('survives a reload, and what was running then is unfinished', async () => {
    const page = await connected();
    await type(page, 'turn on the lamp');
    await page.locator(`${newest} .outcome.done`).waitFor();
    await type(page, 'paint the wall');
    await page.locator(`${newest} .outcome.running`).waitFor();
    await page.reload();
    await isConnected(page);
    expect(await page.locator('.utterance .words').allInnerTexts()).toEqual(['paint the wall', 'turn on the lamp']);
    expect(await page.locator(`${newest} .outcome`).getAttribute('class')).toContain('unfinished');
    expect(await page.locator('.utterance .outcome.done').innerText()).toContain('Done.');
    expect(await page.getByRole('button', { name: 'Undo', exact: true }).count()).toBe(0);
  });

  test('is cleared for good by a button', async () => {
    const page = await connected();
    await type(page, 'turn on the lamp');
    await page.locator(`${newest} .outcome.done`).waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await page.locator('.utterance').count()).toBe(0);
    expect(await page.locator('#say-text:focus').count()).toBe(1);
    await page.reload();
    await isConnected(page);
    expect(await page.locator('.utterance').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Clear' }).isVisible()).toBe(false);
  });

  test.each([
    ['Save as text', 'heed-transcript.txt', /^20\d\d-.*Typed: turn on the lamp\n {4}Done \(lamp\): Done\.\n$/],
    ['Save as JSON', 'heed-transcript.json', /"text": "turn on the lamp"[^]*"status": "done"/],
  ])('is a file after “%s”', async (button, name, content) => {
    const page = await connected();
    await type(page, 'turn on the lamp');
    await page.locator(`${newest} .outcome.done`).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(name);
    expect(readFileSync(await download.path(), 'utf8')).toMatch(content);
  });
});

describe('the token', () => {
  test('leaves the address bar, and a later visit in the same tab needs none, one in another tab does', async () => {
    const page = await connected();
    const plain = `http://127.0.0.1:${server.server.port}/`;
    expect(page.url()).toBe(plain);
    await page.goto(plain);
    await isConnected(page);
    await page.locator('.command').first().waitFor();
    const other = await page.context().newPage();
    await other.goto(plain);
    await other.getByLabel('Address or token').waitFor();
  });

  test('can be pasted where the address has none or a wrong one', async () => {
    const page = await openBrowser();
    await page.goto(`http://127.0.0.1:${server.server.port}/`);
    await page.getByLabel('Address or token').fill(`https://192.0.2.7:4333/?token=${server.token}`);
    await page.keyboard.press('Enter');
    await isConnected(page);
  });

  test('that is wrong does not replace one that works', async () => {
    const page = await connected();
    await page.goto(server.server.url.replace('secret', 'wrong'));
    await page.getByText('This address is no longer valid').waitFor();
    await page.goto(`http://127.0.0.1:${server.server.port}/`);
    await isConnected(page);
  });
});

describe('an installed page', () => {
  test('has a manifest that starts it without a token, with icons of every kind', async () => {
    const page = await connected();
    const session = await page.context().newCDPSession(page);
    const { data, errors } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const { start_url, icons } = JSON.parse(data!) as { start_url: string; icons: { src: string; purpose: string }[] };
    expect(new URL(start_url, page.url()).href).toBe(new URL('/', page.url()).href);
    expect(icons.map(({ purpose }) => purpose)).toContain('maskable');
    for (const { src } of icons) expect((await page.request.get(new URL(src, page.url()).href)).status()).toBe(200);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A page of a private window, such as that of a test, can never be installed.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  });

  test('opens without the server, says that it cannot be reached, and comes back by itself', async () => {
    const own = await serve({ token: 'secret' });
    const { port, url } = own.server;
    const page = await openBrowser();
    await page.goto(url);
    await isConnected(page);
    await isKept(page);
    await own[Symbol.asyncDispose]();
    await page.reload();
    await page.getByText('heed cannot be reached').waitFor();
    expect(await page.locator('h1').innerText()).toBe('heed');

    await using again = await serve({ token: 'secret', port });
    await isConnected(page);
    expect(again.server.port).toBe(port);
  });

  test('keeps the page’s own files, and no address with a token or of the interface', async () => {
    const page = await connected();
    await type(page, 'turn on the lamp');
    await page.locator(`${newest} .outcome.done`).waitFor();
    await isKept(page);
    await page.reload();
    await isConnected(page);
    const kept = await page.evaluate<string[]>(`(async () => {
      const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
      return (await Promise.all(caches_.map((cache) => cache.keys()))).flat().map(({ url }) => url);
    })()`);
    const paths = kept.map((address) => address.replace(`http://127.0.0.1:${server.server.port}`, ''));
    expect(paths).toEqual(expect.arrayContaining(['/', '/page.js', '/page.css', '/capture-worklet.js']));
    expect(paths.filter((path) => /token|secret|v1/.test(path))).toEqual([]);
  });
});
