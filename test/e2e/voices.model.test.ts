import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Heed } from 'heed';
import { serve, type TestServer } from '../server/harness.ts';
import { VoiceStore } from '../../src/speakers/known/voice-store.ts';
import { eventually, patient } from '../patience.ts';
import { accessibilityFindings, closeBrowsers, closePages } from './browser.ts';
import { openPage, openSheet } from './page-stage.ts';

vi.setConfig({ testTimeout: patient(90_000) });

let server: TestServer;
let heed: Heed;
let url: string;
const dir = mkdtempSync(join(tmpdir(), 'heed-voices-'));

beforeAll(async () => {
  // Ears that hear tones suffice: what is said matters to nobody here.
  server = await serve({}, 'dist/web', { voices: { dir } });
  heed = server.heed;
  url = `${server.at('/')}?token=${server.token}`;
});
afterEach(closePages);
afterAll(async () => {
  await closeBrowsers();
  await server?.[Symbol.asyncDispose]();
  rmSync(dir, { recursive: true });
});

function putVoice(name: string): void {
  new VoiceStore(dir, () => undefined).put({
    name,
    model: { name: 'other', sha256: '0'.repeat(64) },
    pieces: [{ vector: Float32Array.of(1), seconds: 12 }],
    enrolledAt: '2026-11-30T00:00:00.000Z',
  });
}

test('known voices are listed in the settings, and forgotten there', async () => {
  putVoice('Anna');
  const { page } = await openPage(url);
  await openSheet(page);
  await page.getByText('Anna', { exact: true }).waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Forget Anna' }).click();
  await page.getByText('Nobody is known by voice.').waitFor();
  expect(heed.voices.list()).toEqual([]);
});

test('a known voice is renamed in the settings, but not to the name of another one', async () => {
  putVoice('Anna');
  putVoice('Ben');
  const { page } = await openPage(url);
  await openSheet(page);
  await page.getByRole('button', { name: 'Rename Anna' }).click();
  const rename = page.getByRole('button', { name: 'Rename the known voice' });
  await page.getByRole('textbox', { name: 'Name' }).fill('Ben');
  await rename.click();
  await page.getByText(/Ben.* already/).waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('Cleo');
  await rename.click();
  await page.getByText('Anna is Cleo now.').waitFor();
  expect(heed.voices.list().map(({ name }) => name)).toEqual(['Ben', 'Cleo']);
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByText('Cleo', { exact: true }).waitFor();
  heed.voices.remove('Ben');
  heed.voices.remove('Cleo');
});

test('a voice is recorded only with a name and consent, and until it is enough', async () => {
  const add = vi.spyOn(heed, 'addVoice').mockImplementation(async (name) => ({ name, seconds: 12, alike: undefined }));
  const { page } = await openPage(url);
  await openSheet(page);
  await page.getByRole('button', { name: 'Add a voice' }).click();
  expect(await accessibilityFindings(page)).toEqual([]);
  const record = page.getByRole('button', { name: 'Record' });
  await page.getByRole('textbox', { name: 'Name' }).fill('Ben');
  expect(await record.isDisabled()).toBe(true);
  await page.getByLabel(/This is my voice/).check();
  await record.click();
  await page.getByText('Ben is known now.').waitFor({ timeout: patient(60_000) });
  await eventually(() => expect(add).toHaveBeenCalledOnce());
  expect(add.mock.lastCall![0]).toBe('Ben');
  expect(add.mock.lastCall![1].length).toBeGreaterThan(16_000);
});
