import { afterAll, afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Page } from 'playwright-core';
import { createHeed, defineCommand, type Heed } from 'heed';
import { patient, unhurried } from '../patience.ts';
import { CuttingProxy } from '../server/cutting-proxy.ts';
import { say, ToneEars } from '../server/fake-ears.ts';
import { accessibilityFindings, closeBrowsers, closePages, openBrowser } from './browser.ts';

vi.setConfig({ testTimeout: patient(30_000) });

let heed: Heed;
let url: URL;

/** Starts heed with ears that understand tones, on the port of the last one if there is one. */
async function start(port = 0, token = 'secret'): Promise<void> {
  const ears = new ToneEars();
  heed = await createHeed({
    commands: {
      door: defineCommand({ phrases: ['open the front door'], risk: 'high', run: () => ({ say: 'It is open.' }) }),
    },
    commandsDir: false,
    log: () => undefined,
    config: unhurried({ server: { port, token } }),
    vad: ears.vad,
    transcriber: ears.transcriber,
  });
  url = new URL((await heed.listen()).url);
}

beforeEach(() => start());

afterEach(async () => {
  await closePages();
  await heed.close();
});

afterAll(closeBrowsers);

/** Opens the page with a microphone that somebody speaks into all the time, and presses Talk. */
async function talking(port = url.port): Promise<Page> {
  const page = await openBrowser({
    microphone: say('what a lovely day', { speechMs: 3_000, silenceMs: 0 }),
    isEndless: true,
  });
  const address = new URL(url);
  address.port = port;
  await page.goto(address.href);
  await page.getByText('Connected', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Talk' }).click();
  await page.locator('.utterance.hearing').waitFor();
  return page;
}

test('a line that breaks costs no question and no command, and the session goes on', async () => {
  await using proxy = await CuttingProxy.open(
    () => Number(url.port),
    () => undefined,
  );
  const page = await talking(String(proxy.port));
  await page.getByLabel('Or type it').fill('open the front door');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Yes', exact: true }).waitFor();
  const ended = vi.fn();
  onTestFinished(heed.on('session.ended', ended));
  proxy.cutNow();
  await page.getByText('The line is down').waitFor();
  await page.getByText('Connected', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Yes', exact: true }).click();
  await page.locator('#utterances').getByText('It is open.').waitFor();
  expect(ended).not.toHaveBeenCalled();
  expect(await page.getByText('were lost').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Stop' }).isVisible()).toBe(true);
});

test('after a restart the page goes on by itself, says what was lost, and listens', async () => {
  const page = await talking();
  await heed.close();
  await page.getByText('Waiting for the connection').waitFor();
  await start(Number(url.port));
  await page.getByText(/^\d+ s of what you said were lost while the line was down$/).waitFor();
  await page.getByText('Connected', { exact: true }).waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.locator('.utterance.hearing').waitFor();
  expect(await page.getByText('were lost').count()).toBe(0);
});

test('when no server will listen any more, the microphone is released and the page says so', async () => {
  const page = await talking();
  await heed.close();
  await page.getByText('Waiting for the connection').waitFor();
  await start(Number(url.port), 'another');
  await page.getByText('This address is no longer valid').waitFor();
  await page.getByRole('button', { name: 'Talk' }).waitFor();
  expect(await page.locator('#talk').getAttribute('data-state')).toBe('off');
  // Nothing opens it again for nobody.
  await page.getByRole('button', { name: 'Talk' }).click();
  await page.getByRole('button', { name: 'Talk' }).waitFor();
  expect(await page.locator('#talk').getAttribute('data-state')).toBe('off');
});
