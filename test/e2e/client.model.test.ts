import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Page } from 'playwright-core';
import { createHeed, type Heed } from 'heed';
import { patient, unhurried } from '../patience.ts';
import { speak, withSilence } from '../speech.ts';
import { closeBrowsers, closePages, openBrowser } from './browser.ts';
import { servePages, servePrefixed, type PageFile, type WebServer } from './web-server.ts';

vi.setConfig({ testTimeout: patient(60_000) });

const files: Record<string, PageFile> = {};
let pages: WebServer;
let heed: Heed;
let url: string;

beforeAll(async () => {
  pages = await servePages(files);
  heed = await createHeed({
    log: () => undefined,
    config: unhurried({ server: { token: 'secret', allowedOrigins: [pages.origin] } }),
  });
  ({ url } = await heed.listen());
});

afterEach(closePages);

afterAll(async () => {
  await closeBrowsers();
  await heed?.close();
  await pages?.close();
});

/** A page that shows what a client tells, one line each. The script finds `HeedClient`, `url` and `show`. */
function pageWith(script: string, { module = `${new URL(url).origin}/client.js`, policy = '' } = {}): void {
  files['/'] = {
    type: 'text/html',
    body: `<!doctype html><button id="talk">Talk</button><ol></ol><script type="module" src="page.js"></script>`,
    ...(policy === '' ? {} : { headers: { 'content-security-policy': policy } }),
  };
  files['/page.js'] = {
    type: 'text/javascript',
    body: `import { HeedClient, listMicrophones } from '${module}';
const url = ${JSON.stringify(url)};
const button = document.querySelector('button');
const list = document.querySelector('ol');
const show = (text) => list.append(Object.assign(document.createElement('li'), { textContent: text }));
${script}`,
  };
}

async function open(options: Parameters<typeof openBrowser>[0] = {}): Promise<Page> {
  const page = await openBrowser(options);
  page.on('pageerror', (error) => console.error(error));
  await page.goto(pages.origin);
  return page;
}

async function spoken(text: string): Promise<{ microphone: Float32Array }> {
  return { microphone: withSilence(await speak(text, { rate: 130 }), { beforeMs: 1_500 }) };
}

test('a page without a bundler imports the client from heed, and its microphone gives a command', async () => {
  pageWith(`
const client = new HeedClient({ url });
client.on('connection', ({ status }) => show(status));
client.on('command.completed', ({ say }) => show(say));
button.onclick = async () => {
  const [{ deviceId }] = await listMicrophones();
  await client.startAudio(deviceId ? { deviceId } : {});
};
client.connect();`);
  const page = await open(await spoken('please set the lights in the kitchen to fifty percent'));
  await page.getByText('open', { exact: true }).waitFor();
  await page.locator('#talk').click();
  await page.getByText('The kitchen lights are at 50 percent.').waitFor();
});

test('a policy without blob: scripts needs the worklet as a file, and the error says so', async () => {
  files['/client.js'] = { type: 'text/javascript', body: readFileSync('dist/client/index.js') };
  files['/capture-worklet.js'] = { type: 'text/javascript', body: readFileSync('dist/client/capture-worklet.js') };
  const policy = `default-src 'none'; script-src 'self'; connect-src ${new URL(url).origin.replace('http', 'ws')}`;
  pageWith(
    `
for (const workletUrl of [undefined, '/capture-worklet.js']) {
  const client = new HeedClient({ url, workletUrl });
  await client.startAudio().then(() => show('listening'), ({ message }) => show(message));
}`,
    { module: './client.js', policy },
  );
  const page = await open();
  await page.getByText('listening').waitFor();
  expect(await page.locator('li').first().innerText()).toContain('give its address as the option `workletUrl`');
});

test('a key that is released before the microphone is open still ends a phrase', async () => {
  pageWith(`
const client = new HeedClient({ url });
client.on('connection', ({ status }) => show(status));
client.on('microphone', (status) => show('microphone ' + status));
button.onclick = () => {
  client.hold();
  show('status ' + client.microphone);
  client.release();
};
client.connect();`);
  const page = await open();
  await page.getByText('open', { exact: true }).waitFor();
  await page.locator('#talk').click();
  await page.getByText('microphone off').waitFor();
  expect((await page.locator('li').allInnerTexts()).slice(-4)).toEqual([
    ...['microphone opening', 'status opening', 'microphone on', 'microphone off'],
  ]);
});

test('a browser’s WebSocket may show the token as a subprotocol', async () => {
  pageWith(`
const at = (path) => url.replace('http', 'ws').replace(/[?].*/, path.slice(1));
const stream = new WebSocket(at('/v1/stream'), ['heed.v1', 'heed.token.secret']);
stream.onopen = () => stream.send(JSON.stringify({ type: 'start' }));
stream.onmessage = ({ data }) => show(stream.protocol + ' ' + JSON.parse(data).type);`);
  const page = await open();
  await page.getByText('heed.v1 session.started').waitFor();
});

test('heed’s own page and a client work behind a proxy that strips its path', async () => {
  const proxy = await servePrefixed('/voice', Number(new URL(url).port));
  try {
    const page = await openBrowser(await spoken('close the bedroom blinds'));
    const failed: string[] = [];
    page.on('response', (response) => {
      if (response.status() >= 400) failed.push(response.url());
    });
    await page.goto(`${proxy.origin}/voice/?token=secret`);
    await page.getByText('Connected', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Talk' }).click();
    await page.locator('.utterance:first-child .outcome.done').waitFor();
    await page.locator('#why > summary').click();
    await page.locator('#why-list').getByRole('button').first().waitFor();
    await page.locator('.command').first().waitFor();
    expect(failed).toEqual([]);

    pageWith(`
const client = new HeedClient({ url: '${proxy.origin}/voice/', token: 'secret' });
client.on('command.completed', ({ command }) => show(command));
client.on('session.started', () => client.say('turn on the kitchen lights'));
client.connect();`);
    const other = await open();
    await other.getByText('lights').waitFor();
  } finally {
    await proxy.close();
  }
});
