import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Page } from 'playwright-core';
import { createHeed, type Heed } from 'heed';
import { consumer } from '../package/consumer.ts';
import { patient, unhurried } from '../patience.ts';
import { speak, withSilence } from '../speech.ts';
import { closeBrowsers, closePages, openBrowser } from './browser.ts';
import { servePages, type PageFile, type WebServer } from './web-server.ts';

vi.setConfig({ testTimeout: patient(60_000) });

const files: Record<string, PageFile> = {
  '/': {
    type: 'text/html',
    body: '<!doctype html><html lang="en"><div id="root"></div><ol></ol><script type="module" src="page.js"></script>',
  },
};
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

/** Opens a page with a script that finds the installed packages, `options` for heed, and `show`. */
async function openWith(script: string, microphone: Float32Array): Promise<Page> {
  const packages = ['annyang', 'react', 'react-dom', 'react-speech-recognition'];
  const source = `
const options = ${JSON.stringify({ url })};
const list = document.querySelector('ol');
const show = (text) => list.append(Object.assign(document.createElement('li'), { textContent: text }));
${script}`;
  const { outputFiles } = await build({
    stdin: { contents: source, loader: 'jsx', resolveDir: consumer({}, packages) },
    bundle: true,
    format: 'esm',
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  files['/page.js'] = { type: 'text/javascript', body: outputFiles[0]!.text };
  // Whoever is not understood says it again.
  const page = await openBrowser({ microphone, isEndless: true });
  page.on('pageerror', (error) => console.error(error));
  await page.goto(pages.origin);
  return page;
}

/** Sentences with a pause after each. */
async function sentences(...texts: string[]): Promise<Float32Array> {
  const spoken = await Promise.all(texts.map((text) => speak(text, { rate: 130 })));
  const parts = spoken.map((samples) => withSilence(samples, { beforeMs: 1_500, afterMs: 1_500 }));
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}

/** Notes everything that heed did with what it heard. */
function noteCommands(): string[] {
  const done: string[] = [];
  for (const type of ['command.matched', 'command.completed', 'command.refused', 'command.failed'] as const)
    heed.on(type, ({ command }) => done.push(`${type} ${command}`));
  return done;
}

test('a recognition gives the events of the specification in a browser', async () => {
  const done = noteCommands();
  const page = await openWith(
    `
import { install } from 'heed/client';
install(options);
const recognition = new webkitSpeechRecognition();
recognition.interimResults = true;
for (const type of ['start', 'audiostart', 'soundstart', 'speechstart', 'speechend', 'soundend', 'audioend', 'error'])
  recognition.addEventListener(type, () => show(type));
recognition.onresult = ({ results, resultIndex }) => {
  const result = results[resultIndex];
  if (result.isFinal) show('final: ' + result[0].transcript + ' ' + (result[0].confidence > 0.5));
};
recognition.onend = () => show('end');
recognition.start();`,
    await sentences('turn on the kitchen lights'),
  );
  await page.getByText('end', { exact: true }).waitFor();
  expect(await page.locator('li').allInnerTexts()).toEqual([
    ...['start', 'audiostart', 'soundstart', 'speechstart', 'speechend', 'soundend', 'audioend'],
    ...[expect.stringMatching(/^final: turn on the kitchen.* true$/i), 'end'],
  ]);
  expect(done).toEqual([]);
});

test('annyang runs its commands on heed, and heed runs none', async () => {
  const done = noteCommands();
  const page = await openWith(
    `
import { install } from 'heed/client';
install(options);
const { default: annyang } = await import('annyang');
annyang.addCommands({
  'turn on the :room light(s)': (room) => show('on: ' + room),
  'close the :room blinds': (room) => show('closed: ' + room),
});
annyang.addCallback('error', ({ error }) => show('error ' + error));
annyang.start();`,
    await sentences('turn on the kitchen lights', 'close the bedroom blinds'),
  );
  await page.getByText('closed: bedroom').first().waitFor();
  await page.getByText('on: kitchen').first().waitFor();
  expect(done).toEqual([]);
});

test.each([
  ['in the place of the browser’s own', "install(options);\nconst speech = await import('react-speech-recognition');"],
  [
    'as a polyfill',
    "const speech = await import('react-speech-recognition');\n" +
      'speech.default.applyPolyfill(createSpeechRecognition(options));',
  ],
])('react-speech-recognition transcribes and runs its commands on heed %s', async (_, prepare) => {
  const done = noteCommands();
  const page = await openWith(
    `
import React from 'react';
import { createRoot } from 'react-dom/client';
import { createSpeechRecognition, install } from 'heed/client';
${prepare}
const { default: SpeechRecognition, useSpeechRecognition } = speech;
function Dictaphone() {
  const commands = [{ command: 'turn on the * light(s)', callback: (room) => show('on: ' + room) }];
  const { transcript, listening, browserSupportsSpeechRecognition } = useSpeechRecognition({ commands });
  return (
    <div>
      <p id="state">{browserSupportsSpeechRecognition ? (listening ? 'listening' : 'off') : 'unsupported'}</p>
      <p id="transcript">{transcript}</p>
      <button onClick={() => SpeechRecognition.startListening({ continuous: true })}>Start</button>
      <button onClick={() => SpeechRecognition.stopListening()}>Stop</button>
    </div>
  );
}
createRoot(document.getElementById('root')).render(<Dictaphone />);`,
    await sentences('turn on the kitchen lights', 'close the bedroom blinds'),
  );
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByText('listening', { exact: true }).waitFor();
  await page.getByText('on: kitchen').first().waitFor();
  await page.getByText(/turn on the kitchen lights? close the bedroom blinds/i).waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('off', { exact: true }).waitFor();
  expect(done).toEqual([]);
});
