import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Heed } from 'heed';
import { patient } from '../patience.ts';
import { accessibilityFindings, closeBrowsers, closePages } from './browser.ts';
import { connected, newest, openPage, openSheet, startHeed, type, visit, type OpenOptions } from './page-stage.ts';

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
    await visit(other, url);
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
    await visit(other, url);
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
