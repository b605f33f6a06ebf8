import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Page } from 'playwright-core';
import type { Heed } from 'heed';
import { eventually, patient } from '../patience.ts';
import { speak, withSilence } from '../speech.ts';
import { closeBrowsers, closePages } from './browser.ts';
import {
  becomes,
  fakeSynthesis,
  isPlaying,
  newest,
  openPage,
  startHeed,
  type,
  visit,
  type OpenOptions,
} from './page-stage.ts';

vi.setConfig({ testTimeout: patient(60_000) });

let heed: Heed;
let url: string;

beforeAll(async () => {
  ({ heed, url } = await startHeed());
});

afterEach(closePages);

afterAll(async () => {
  await closeBrowsers();
  await heed?.close();
});

const open = (options: OpenOptions = {}): ReturnType<typeof openPage> => openPage(url, options);

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
    await page.getByText('heed is speaking, and does not listen').waitFor();
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
    const otherSent = await visit(other, url);
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

describe('a sound', () => {
  const countTones = `
    window.tones = [];
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (when) {
      window.tones.push(this.frequency.value);
      start.call(this, when);
    };
  `;

  test('tells that listening begins and ends, and heed does not hear it', async () => {
    const { page, sent } = await open({ settings: { sounds: true } });
    await page.evaluate(countTones);
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

  test('comes from one tab when the microphone moves there', async () => {
    const { page } = await open({ settings: { sounds: true } });
    const other = await page.context().newPage();
    await visit(other, url);
    for (const tab of [page, other]) {
      await tab.evaluate(countTones);
      await tab.getByRole('button', { name: 'Talk' }).click();
      await becomes(tab, 'tones.length === 2');
    }
    await page.getByText('Another tab is listening now').waitFor();
    expect(await page.evaluate('tones')).toEqual([587, 880]);
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
