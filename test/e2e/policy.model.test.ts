import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { patient } from '../patience.ts';
import { serve } from '../server/harness.ts';
import { closeBrowsers, closePages, openBrowser } from './browser.ts';

vi.setConfig({ testTimeout: patient(60_000) });

afterEach(closePages);
afterAll(closeBrowsers);

test('nothing that the page does is blocked by its own policy, and nothing is written into the console', async () => {
  await using server = await serve({ token: 'secret' });
  const page = await openBrowser();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.addInitScript(`
    globalThis.violations = [];
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      violations.push(violatedDirective + ' ' + blockedURI);
    });
  `);
  await page.goto(server.server.url);
  await page.getByText('Connected', { exact: true }).waitFor();
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  await page.getByLabel('Or type it').fill('turn on the lamp');
  await page.keyboard.press('Enter');
  await page.locator('.utterance:first-child .outcome.done').waitFor();
  await page.getByRole('button', { name: 'Talk', exact: true }).click();
  await page.locator('#open-settings').click();
  await page.keyboard.press('Escape');
  await page.reload();
  await page.getByText('Connected', { exact: true }).waitFor();
  expect(await page.evaluate('violations')).toEqual([]);
  expect(await page.evaluate('crossOriginIsolated')).toBe(true);
  expect(complaints).toEqual([]);
});
