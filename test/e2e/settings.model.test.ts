import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Page, WebSocket } from 'playwright-core';
import { createHeed, defineCommand, type Heed } from 'heed';
import { eventually, patient, unhurried } from '../patience.ts';
import { speak, withSilence } from '../speech.ts';
import { accessibilityFindings, closeBrowsers, closePages, openBrowser, type BrowserOptions } from './browser.ts';

vi.setConfig({ testTimeout: patient(60_000) });

let heed: Heed;
let url: string;

beforeAll(async () => {
  heed = await createHeed({
    commands: {
      'open-door': defineCommand({
        phrases: { en: ['open the front door'] },
        risk: 'high',
        run: () => ({ say: 'The front door is open.' }),
      }),
    },
    log: () => undefined,
    config: unhurried({ server: { token: 'secret' }, transcribe: { partials: false } }),
  });
  ({ url } = await heed.listen());
});

afterEach(closePages);

afterAll(async () => {
  await closeBrowsers();
  await heed?.close();
});

/** What the page has sent to the server. */
interface Sent {
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

const isPlaying = (message: Record<string, unknown>): boolean => message['type'] === 'playing';

interface OpenOptions extends BrowserOptions {
  settings?: Record<string, unknown> | string;
}

/** Opens the page with settings that were stored before. */
async function open({ settings, ...options }: OpenOptions = {}): Promise<{ page: Page; sent: Sent }> {
  const page = await openBrowser(options);
  if (settings !== undefined) {
    const stored = typeof settings === 'string' ? settings : JSON.stringify(settings);
    await page.addInitScript(`localStorage['heed.settings'] ??= ${JSON.stringify(stored)};`);
  }
  await page.addInitScript(fakeSynthesis);
  return { page, sent: await visit(page) };
}

async function visit(page: Page): Promise<Sent> {
  const sent = watchSent(page);
  await page.goto(url);
  await connected(page);
  return sent;
}

async function connected(page: Page): Promise<void> {
  await page.getByText('Connected', { exact: true }).waitFor();
}

/** A speech synthesis with one voice. It speaks until the test calls `endSpeech()`, and makes no sound. */
const fakeSynthesis = `
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
async function type(page: Page, phrase: string): Promise<void> {
  await page.getByLabel('Or type it').fill(phrase);
  await page.keyboard.press('Enter');
}

async function openSheet(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('dialog', { name: 'Settings' }).waitFor();
}

/** Resolves when an expression is true on the page, whose own policy forbids a script that waits. */
async function becomes(page: Page, expression: string): Promise<void> {
  await eventually(async () => expect(await page.evaluate<boolean>(expression)).toBe(true));
}

const newest = '.utterance:first-child';

describe('the sheet', () => {
  test.each([1200, 320])('fits a screen %i pixels wide, and has no barriers', async (width) => {
    const { page } = await open({ context: { viewport: { width, height: 640 } }, settings: { speak: true } });
    await openSheet(page);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);
    expect(await page.evaluate<boolean>('document.querySelector("#settings").scrollWidth <= innerWidth')).toBe(true);
  });

  test('is opened, used and left with the keyboard', async () => {
    const { page } = await open();
    const button = page.getByRole('button', { name: 'Settings' });
    await button.focus();
    await page.keyboard.press('Enter');
    const inSheet = 'document.querySelector("#settings").contains(document.activeElement)';
    expect(await page.evaluate<boolean>(inSheet)).toBe(true);
    await page.keyboard.press('ArrowDown');
    expect(await page.getByLabel(/^Push-to-talk/).isChecked()).toBe(true);
    // In the sheet the space bar is no push-to-talk.
    await page.getByLabel('Speak replies').focus();
    await page.keyboard.press('Space');
    expect(await page.getByLabel('Speak replies').isChecked()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await button.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    await page.getByText('Hold Talk or the space bar while you speak').waitFor();
  });

  test('keeps what was set, and every tab follows', async () => {
    const { page } = await open();
    const other = await page.context().newPage();
    await visit(other);
    await openSheet(page);
    await page.getByLabel('Dark').check();
    await page.getByLabel('Wake phrase').fill('computer');
    await page.getByRole('button', { name: 'Done' }).click();
    const ground = 'getComputedStyle(document.body).backgroundColor';
    for (const tab of [page, other]) {
      await tab.locator('html[data-theme=dark]').waitFor();
      expect(await tab.evaluate<string>(ground)).toBe('rgb(15, 19, 27)');
    }
    await page.reload();
    await openSheet(page);
    expect(await page.getByLabel('Dark').isChecked()).toBe(true);
    expect(await page.getByLabel('Wake phrase').inputValue()).toBe('computer');
    await page.getByRole('button', { name: 'Reset all' }).click();
    await other.locator('html[data-theme=system]').waitFor();
    expect(await other.evaluate<string>(ground)).toBe('rgb(245, 243, 238)');
    expect(await page.getByLabel('Wake phrase').inputValue()).toBe('');
  });

  test.each(['{"theme":"pink","sensitivity":"high","talk":[]}', 'not JSON', 'null'])(
    'is as usual when %s was stored',
    async (settings) => {
      const { page } = await open({ settings });
      await openSheet(page);
      expect(await page.getByLabel('As the system').isChecked()).toBe(true);
      expect(await page.getByLabel(/^Hands-free/).isChecked()).toBe(true);
      expect(await page.getByLabel('Sensitivity').inputValue()).toBe('0.5');
      expect(await page.getByLabel('Several commands at once').isChecked()).toBe(true);
    },
  );

  test('offers the languages of the server, and voices of this machine for the language', async () => {
    const { page } = await open({ settings: { speak: true } });
    await openSheet(page);
    const language = page.getByLabel('Language');
    await language.locator('option', { hasText: 'German' }).waitFor({ state: 'attached' });
    expect(await language.locator('option').allTextContents()).toEqual(['As the server: English', 'English', 'German']);
    const voices = page.getByLabel('Voice').locator('option');
    expect(await voices.allTextContents()).toEqual(['The best one for the language', 'Sam']);
    await language.selectOption('de');
    expect(await voices.allTextContents()).toEqual(['The best one for the language', 'Anna']);
  });
});

describe('another session', () => {
  test('begins when the sheet is closed with another language, and closes the open question', async () => {
    const { page, sent } = await open();
    await type(page, 'open the front door');
    await page.getByRole('button', { name: 'Yes', exact: true }).waitFor();
    await openSheet(page);
    await page.getByLabel('Language').selectOption('de');
    await page.getByLabel('Sensitivity').fill('0.8');
    await page.getByLabel('Several commands at once').uncheck();
    expect(sent.messages.filter((message) => message['type'] === 'start')).toHaveLength(1);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('Schalte überall das Licht aus').waitFor();
    await connected(page);
    expect(sent.messages.filter((message) => message['type'] === 'start').slice(1)).toMatchObject([
      { language: 'de', sensitivity: 0.8, chain: false },
    ]);
    expect(await page.locator('.prompt').count()).toBe(0);
    await page.getByText('The settings changed before it was done.').waitFor();
    expect(await page.locator('#announcer').textContent()).toContain('The settings changed');
    await type(page, 'Mach das Licht in der Küche an');
    await page.locator(`${newest} .outcome.done`).waitFor();
  });
});

describe('a spoken reply', () => {
  test('is not heard by heed, although it is a command, and the same words are obeyed afterwards', async () => {
    const loop = withSilence(await speak('turn on the kitchen lights', { rate: 130 }), { beforeMs: 3_000 });
    const loopFrames = Math.ceil(loop.length / 512);
    const { page, sent } = await open({ settings: { speak: true }, microphone: loop, isEndless: true });
    await page.getByRole('button', { name: 'Talk' }).click();
    await page.getByText('Listening: say').waitFor();
    // This reply is so long that nobody takes its voice for one that has stopped without a word.
    await type(page, 'what can I say');
    await becomes(page, 'spoken.length > 0');
    expect(sent.messages.findLast(isPlaying)).toEqual({ type: 'playing', playing: true });
    // What was said before the voice began may still be on its way.
    await sent.moreFrames(60);
    const before = sent.speeches;
    await sent.moreFrames(2 * loopFrames);
    expect(sent.speeches).toBe(before);
    await page.evaluate('endSpeech()');
    await becomes(page, `spoken.includes('The kitchen lights are on.')`);
    expect(sent.speeches).toBeGreaterThan(before);
  });

  test('is ended by the space bar, and then the microphone is heard at once', async () => {
    const { page, sent } = await open({ settings: { speak: true } });
    await type(page, 'close the office blinds');
    await becomes(page, 'spoken.length === 1');
    await page.locator('body').click({ position: { x: 2, y: 2 } });
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.down('Space');
    await page.getByText('Listening: let go').waitFor();
    expect(await page.evaluate('spoken[1]')).toBe('(cancelled)');
    expect(sent.messages.filter(isPlaying)[1]).toEqual({ type: 'playing', playing: false, held: true });
    await page.keyboard.up('Space');
    await page.getByText('Press Talk').waitFor();
  });

  test('is spoken by one tab at a time, and the others do not hear it', async () => {
    const { page } = await open({ settings: { speak: true } });
    const other = await page.context().newPage();
    await other.addInitScript(fakeSynthesis);
    const otherSent = await visit(other);
    await type(page, 'close the office blinds');
    await becomes(page, 'spoken.length === 1');
    await eventually(() => expect(otherSent.messages.at(-1)).toEqual({ type: 'playing', playing: true }));
    await page.evaluate('endSpeech()');
    await eventually(() => expect(otherSent.messages.at(-1)).toEqual({ type: 'playing', playing: false }));
  });

  test('is not spoken unless that is set', async () => {
    const { page } = await open();
    await type(page, 'close the office blinds');
    await page.locator(`${newest} .outcome.done`).waitFor();
    expect(await page.evaluate('spoken.length')).toBe(0);
  });
});

test('a sound tells that listening begins and ends, and heed does not hear it', async () => {
  const { page, sent } = await open({ settings: { sounds: true } });
  await page.evaluate(`
    window.tones = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when) {
      window.tones.push(this.frequency.value);
      start.call(this, when);
    };
  `);
  await page.getByRole('button', { name: 'Talk' }).click();
  await becomes(page, 'tones.length === 2');
  await eventually(() =>
    expect(sent.messages.filter(isPlaying)).toEqual([
      { type: 'playing', playing: true },
      { type: 'playing', playing: false, held: true },
    ]),
  );
  await page.getByRole('button', { name: 'Stop' }).click();
  await becomes(page, 'tones.length === 4');
  expect(await page.evaluate('tones')).toEqual([587, 880, 880, 587]);
  expect(sent.messages.filter(isPlaying)).toHaveLength(2);
});

describe('the microphone', () => {
  test('is listed once the page may use it, and the chosen one is opened', async () => {
    const { page } = await open();
    // Before a page has permission, browsers tell neither ids nor names.
    await page.evaluate(`
      const { enumerateDevices, getUserMedia } = MediaDevices.prototype;
      let isAllowed = false;
      MediaDevices.prototype.enumerateDevices = async function () {
        const devices = await enumerateDevices.call(this);
        return isAllowed ? devices : devices.map(({ kind }) => ({ kind, deviceId: '', label: '' }));
      };
      MediaDevices.prototype.getUserMedia = async function (wanted) {
        isAllowed = true;
        window.wanted = wanted.audio.deviceId;
        return await getUserMedia.call(this, wanted);
      };
    `);
    await openSheet(page);
    expect(await page.getByLabel('Microphone').locator('option').allTextContents()).toEqual(['Default microphone']);
    const allow = page.getByRole('button', { name: 'Allow the microphone' });
    await allow.click();
    await allow.waitFor({ state: 'detached' });
    const options = page.getByLabel('Microphone').locator('option');
    expect(await options.count()).toBeGreaterThan(1);
    await page.getByLabel('Microphone').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Talk' }).click();
    await page.getByText('Listening: say').waitFor();
    const chosen = await options.nth(1).getAttribute('value');
    expect(await page.evaluate('wanted')).toEqual({ exact: chosen });
  });

  test('that is gone falls back to the default one, and the page says so', async () => {
    const { page } = await open({ settings: { microphone: 'gone' } });
    await page.getByRole('button', { name: 'Talk' }).click();
    await page.getByText('Listening: say').waitFor();
    await page.getByText('The chosen microphone is not connected').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  test('belongs to one tab: another that opens it takes it, and the first says so', async () => {
    const { page } = await open();
    const other = await page.context().newPage();
    await visit(other);
    await page.getByRole('button', { name: 'Talk' }).click();
    await page.getByText('Listening: say').waitFor();
    await other.getByRole('button', { name: 'Talk' }).click();
    await other.getByText('Listening: say').waitFor();
    await page.getByText('Another tab is listening now').waitFor();
    await page.getByRole('button', { name: 'Talk' }).click();
    await page.getByText('Listening: say').waitFor();
    await other.getByText('Another tab is listening now').waitFor();
    expect(await page.getByText('Another tab is listening now').count()).toBe(0);
  });
});

describe('Talk under a finger', () => {
  async function touch(page: Page): Promise<(kind: 'touchStart' | 'touchEnd' | 'touchCancel') => Promise<void>> {
    const box = (await page.locator('#talk').boundingBox())!;
    const session = await page.context().newCDPSession(page);
    const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    return async (kind) => {
      await session.send('Input.dispatchTouchEvent', { type: kind, touchPoints: kind === 'touchStart' ? [point] : [] });
    };
  }

  test.each(['touchEnd', 'touchCancel'] as const)('listens while it is held, until %s', async (end) => {
    const { page } = await open({
      context: { hasTouch: true, viewport: { width: 390, height: 700 } },
      settings: { talk: 'push-to-talk' },
    });
    const finger = await touch(page);
    await finger('touchStart');
    await page.getByText('Listening: let go').waitFor();
    await finger(end);
    await page.getByText('Hold Talk').waitFor();
    expect(await page.evaluate('getSelection().toString()')).toBe('');
  });

  test('ends when the page is left, and opens no menu', async () => {
    const { page, sent } = await open({ settings: { talk: 'push-to-talk' } });
    const box = (await page.locator('#talk').boundingBox())!;
    await page.mouse.move(box.x + 40, box.y + 40);
    await page.mouse.down();
    await page.getByText('Listening: let go').waitFor();
    await page.evaluate('dispatchEvent(new Event("blur"))');
    await page.getByText('Hold Talk').waitFor();
    await eventually(() => expect(sent.messages.at(-1)).toEqual({ type: 'flush' }));
    await page.mouse.up();
    expect(await page.locator('#talk').getAttribute('data-state')).toBe('off');
    const isOpened = 'document.querySelector("#talk").dispatchEvent(new Event("contextmenu", { cancelable: true }))';
    expect(await page.evaluate(isOpened)).toBe(false);
  });

  test('a phrase that is let go at its end is heard and obeyed', async () => {
    const said = await speak('turn on the kitchen lights', { rate: 130 });
    const microphone = withSilence(said, { beforeMs: 300, afterMs: 0 });
    const { page, sent } = await open({ microphone, settings: { talk: 'push-to-talk' } });
    const box = (await page.locator('#talk').boundingBox())!;
    await page.mouse.move(box.x + 40, box.y + 40);
    await page.mouse.down();
    await sent.moreFrames(Math.floor(microphone.length / 512));
    await page.mouse.up();
    await page.locator(`${newest} .outcome.done`).waitFor();
  });
});
