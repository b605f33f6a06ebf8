import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { networkAddresses } from '../../src/server/tls/own-names.ts';
import { patient } from '../patience.ts';
import { serve, type TestServer } from '../server/harness.ts';
import { closeBrowsers, closePages, openBrowser } from './browser.ts';

vi.setConfig({ testTimeout: patient(60_000) });

const [address] = networkAddresses().filter((each) => each.includes('.'));

describe.skipIf(address === undefined)('on another machine of the network', () => {
  const dir = mkdtempSync(join(tmpdir(), 'heed-tls-'));
  let server: TestServer;

  beforeAll(async () => {
    server = await serve({ host: '0.0.0.0' }, undefined, { tlsDir: dir });
  });

  afterEach(closePages);

  afterAll(async () => {
    await closeBrowsers();
    await server[Symbol.asyncDispose]();
    rmSync(dir, { recursive: true });
  });

  test('the page has the microphone, runs commands, and says where audio goes', async () => {
    // As after the browser's warning, once a person has gone on.
    const page = await openBrowser({ context: { ignoreHTTPSErrors: true } });
    await page.goto(server.server.networkUrls[0]!);
    await page.getByText('Connected', { exact: true }).waitFor();
    expect(new URL(page.url()).protocol).toBe('https:');
    await page.getByText(`Audio goes to ${address} and no further`).waitFor();
    expect(await page.getByText('never leaves').count()).toBe(0);
    await page.getByRole('button', { name: 'Talk' }).click();
    await page.getByText('Listening: say what should happen').waitFor();
    await page.getByLabel('Or type it').fill('turn on the lamp');
    await page.keyboard.press('Enter');
    await page.locator('.utterance:first-child .outcome.done').waitFor();
  });

  test('an address that was typed without https leads to the page as well', async () => {
    const page = await openBrowser({ context: { ignoreHTTPSErrors: true } });
    await page.goto(server.server.networkUrls[0]!.replace('https:', 'http:'));
    await page.getByText('Connected', { exact: true }).waitFor();
    expect(new URL(page.url()).protocol).toBe('https:');
  });
});
