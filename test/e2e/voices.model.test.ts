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

test('known voices are listed in the settings, and forgotten there', async () => {
  new VoiceStore(dir, () => undefined).put({
    name: 'Anna',
    model: { name: 'other', sha256: '0'.repeat(64) },
    pieces: [{ vector: Float32Array.of(1), seconds: 12 }],
    enrolledAt: '2026-11-30T00:00:00.000Z',
  });
  const { page } = await openPage(url);
  await openSheet(page);
  await page.getByText('Anna', { exact: true }).waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Forget Anna' }).click();
  await page.getByText('Nobody is known by voice.').waitFor();
  expect(heed.voices.list()).toEqual([]);
});

test('a voice is recorded only with a name and consent, and until it is enough', async () => {
  const add = vi.spyOn(heed, 'addVoice').mockImplementation(async (name) => ({ name, seconds: 12, alike: undefined }));
  const { page } = await openPage(url);
  await openSheet(page);
  await page.getByRole('button', { name: 'Add a voice' }).click();
  expect(await accessibilityFindings(page)).toEqual([]);
  const record = page.getByRole('button', { name: 'Record' });
  await page.getByLabel('Name').fill('Ben');
  expect(await record.isDisabled()).toBe(true);
  await page.getByLabel(/This is my voice/).check();
  await record.click();
  await page.getByText('Ben is known now.').waitFor({ timeout: patient(60_000) });
  await eventually(() => expect(add).toHaveBeenCalledOnce());
  expect(add.mock.lastCall![0]).toBe('Ben');
  expect(add.mock.lastCall![1].length).toBeGreaterThan(16_000);
});
