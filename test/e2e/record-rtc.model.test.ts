import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createHeed, type Heed } from 'heed';
import { patient, unhurried } from '../patience.ts';
import { speak, withSilence } from '../speech.ts';
import { closeBrowsers, closePages, openBrowser } from './browser.ts';

const require = createRequire(import.meta.url);
const files: Record<string, { type: string; body: Buffer }> = {
  '/': { type: 'text/html', body: readFileSync(join(import.meta.dirname, 'page/record-rtc.html')) },
  '/RecordRTC.js': { type: 'text/javascript', body: readFileSync(require.resolve('recordrtc')) },
};

vi.setConfig({ testTimeout: patient(60_000) });

let pages: Server;
let origin: string;
let heed: Heed;
let port: string;

beforeAll(async () => {
  pages = createServer((request, response) => {
    const file = files[new URL(request.url!, 'http://page').pathname];
    response.writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' }).end(file?.body);
  });
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
  heed = await createHeed({
    log: () => undefined,
    config: unhurried({ server: { token: 'secret', allowedOrigins: [origin] } }),
  });
  ({ port } = new URL((await heed.listen()).url));
});

afterEach(closePages);

afterAll(async () => {
  await closeBrowsers();
  await heed?.close();
  await new Promise((resolve) => pages.close(resolve));
});

test.each([
  ['binary, with the token in the address', '/transcribe?token=secret', ''],
  ['base64, with the token in the first message', '/transcription', '&base64&auth=secret'],
])('a page that records with RecordRTC gets text for its chunks: %s', async (_, path, options) => {
  const page = await openBrowser({
    microphone: withSilence(await speak('set the kitchen lights to fifty percent'), {
      beforeMs: 1_000,
      afterMs: 2_000,
    }),
  });
  await page.goto(`${origin}/?server=${encodeURIComponent(`ws://127.0.0.1:${port}${path}`)}${options}`);
  const done = new Promise<unknown>((resolve) => {
    heed.on('command.completed', ({ args }) => resolve(args));
  });
  await page.locator('#record').click();
  await page.locator('#texts li').first().waitFor();
  expect(await page.locator('#texts li').first().textContent()).toMatch(/kitchen lights?\b.*\b(50|fifty)/i);
  expect(await done).toEqual({ room: 'kitchen', level: 50 });
  await page.locator('#stop').click();
});
