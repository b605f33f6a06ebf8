import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test, vi } from 'vitest';
import { createHeed } from 'heed';
import { copiedConsumer } from '../package/consumer.ts';
import { patient, unhurried } from '../patience.ts';
import { speak, withSilence } from '../speech.ts';
import { closeBrowsers, openBrowser } from './browser.ts';
import { servePages, type PageFile } from './web-server.ts';

vi.setConfig({ testTimeout: patient(120_000) });

const run = promisify(execFile);
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

afterAll(closeBrowsers);

/** Checks and builds the example, with heed through its exports. Returns the built files by their path. */
async function build(): Promise<Record<string, PageFile>> {
  const folder = copiedConsumer('examples/vite', ['vite', 'typescript']);
  const installed = join(folder, 'node_modules');
  await run(process.execPath, [join(installed, 'typescript/bin/tsc'), '--noEmit'], { cwd: folder });
  await run(process.execPath, [join(installed, 'vite/bin/vite.js'), 'build'], { cwd: folder });
  const dist = join(folder, 'dist');
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const name = path.slice(dist.length).replace(/^\/index\.html$/, '/');
      return [name, { type: types[extname(path)] ?? 'application/octet-stream', body: readFileSync(path) }];
    }),
  );
}

test('the Vite example is built from the package, and a spoken command runs through it', async () => {
  const pages = await servePages(await build());
  const heed = await createHeed({
    log: () => undefined,
    config: unhurried({ server: { token: 'secret', allowedOrigins: [pages.origin] } }),
  });
  try {
    const { url } = await heed.listen();
    const speech = await speak('please set the lights in the kitchen to fifty percent', { rate: 130 });
    const page = await openBrowser({ microphone: withSilence(speech, { beforeMs: 1_500 }) });
    await page.goto(`${pages.origin}/?heed=${encodeURIComponent(url)}`);
    await page.getByText('open', { exact: true }).waitFor();
    await page.getByLabel('Or type it').fill('turn on the bedroom lights');
    await page.keyboard.press('Enter');
    await page.getByText('The bedroom lights are on.').waitFor();
    await page.getByText('Hold to talk').hover();
    await page.mouse.down();
    await page.getByText('The kitchen lights are at 50 percent.').waitFor();
    await page.mouse.up();
    expect(await page.locator('#log').innerText()).toMatch(/heard: please set/i);
  } finally {
    await heed.close();
    await pages.close();
  }
});
