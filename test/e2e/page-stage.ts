/** heed's page in a browser, as the tests of its settings and of its voice see it. */
import { expect } from 'vitest';
import type { Page, WebSocket } from 'playwright-core';
import { createHeed, defineCommand, type ConfigInput, type Heed } from 'heed';
import { eventually, unhurried } from '../patience.ts';
import { openBrowser, type BrowserOptions } from './browser.ts';

/** Starts heed with the sample commands, and one that asks. */
export async function startHeed(config: ConfigInput = {}): Promise<{ heed: Heed; url: string }> {
  const heed = await createHeed({
    commands: {
      'open-door': defineCommand({
        phrases: { en: ['open the front door'] },
        risk: 'high',
        run: () => ({ say: 'The front door is open.' }),
      }),
    },
    log: () => undefined,
    config: unhurried({ server: { token: 'secret' }, transcribe: { partials: false }, ...config }),
  });
  const { url } = await heed.listen();
  return { heed, url };
}

/** What the page has sent to the server. */
export interface Sent {
  messages: Record<string, unknown>[];
  /** How often the server has begun to hear speech. */
  speeches: number;
  /** Resolves when so many more messages with sound have been sent. */
  moreFrames: (count: number) => Promise<void>;
}

function watchSent(page: Page): Sent {
  let frames = 0;
  const waiting: { until: number; resolve: () => void }[] = [];
  const sent: Sent = {
    messages: [],
    speeches: 0,
    moreFrames: (count) => new Promise((resolve) => waiting.push({ until: frames + count, resolve })),
  };
  page.on('websocket', (socket: WebSocket) => {
    socket.on('framesent', ({ payload }) => {
      if (typeof payload === 'string') sent.messages.push(JSON.parse(payload) as Record<string, unknown>);
      else frames++;
      for (const { until, resolve } of waiting) if (frames >= until) resolve();
    });
    socket.on('framereceived', ({ payload }) => {
      if (String(payload).includes('"speech.started"')) sent.speeches++;
    });
  });
  return sent;
}

/** Whether a message tells of heed's own sound. */
export const isPlaying = (message: Record<string, unknown>): boolean => message['type'] === 'playing';

/** How a page is opened. */
export interface OpenOptions extends BrowserOptions {
  /** What was stored before, as settings or as any text. */
  settings?: Record<string, unknown> | string;
}

/** Opens the page with settings that were stored before. */
export async function openPage(
  url: string,
  { settings, ...options }: OpenOptions = {},
): Promise<{ page: Page; sent: Sent }> {
  const page = await openBrowser(options);
  if (settings !== undefined) {
    const stored = typeof settings === 'string' ? settings : JSON.stringify(settings);
    await page.addInitScript(`localStorage['heed.settings'] ??= ${JSON.stringify(stored)};`);
  }
  await page.addInitScript(fakeSynthesis);
  return { page, sent: await visit(page, url) };
}

/** Goes to heed's page in a tab, and waits for its session. */
export async function visit(page: Page, url: string): Promise<Sent> {
  const sent = watchSent(page);
  await page.goto(url);
  await connected(page);
  return sent;
}

/** Resolves when the page has a session. */
export async function connected(page: Page): Promise<void> {
  await page.getByText('Connected', { exact: true }).waitFor();
}

/** A speech synthesis with one voice. It speaks until the test calls `endSpeech()`, and makes no sound. */
export const fakeSynthesis = `
  window.spoken = [];
  const target = new EventTarget();
  Object.defineProperty(window, 'speechSynthesis', { value: {
    getVoices: () => [
      { lang: 'en-US', name: 'Sam', voiceURI: 'sam', localService: true, default: true },
      { lang: 'en-US', name: 'Cloud', voiceURI: 'cloud', localService: false, default: false },
      { lang: 'de-DE', name: 'Anna', voiceURI: 'anna', localService: true, default: false },
    ],
    addEventListener: target.addEventListener.bind(target),
    speak: (utterance) => { window.spoken.push(utterance.text); window.endSpeech = () => utterance.onend?.(); },
    cancel: () => window.spoken.push('(cancelled)'),
  } });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
`;

/** Types a phrase and sends it. */
export async function type(page: Page, phrase: string): Promise<void> {
  await page.getByLabel('Or type it').fill(phrase);
  await page.keyboard.press('Enter');
}

/** Opens the settings. */
export async function openSheet(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('dialog', { name: 'Settings' }).waitFor();
}

/** Resolves when an expression is true on the page, whose own policy forbids a script that waits. */
export async function becomes(page: Page, expression: string): Promise<void> {
  await eventually(async () => expect(await page.evaluate<boolean>(expression)).toBe(true));
}

/** The newest phrase of the transcript. */
export const newest = '.utterance:first-child';
