import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Page } from 'playwright-core';
import { createHeed, type Heed } from 'heed';
import { decodeWholeFile } from '../../src/audio/decode-file.ts';
import { runCase } from '../../src/cli/run-case.ts';
import { readCase } from '../../src/cases/index.ts';
import { patient, unhurried } from '../patience.ts';
import { speak, withSilence } from '../speech.ts';
import { accessibilityFindings, closeBrowsers, closePages, openBrowser } from './browser.ts';

vi.setConfig({ testTimeout: patient(60_000) });

const dir = mkdtempSync(join(tmpdir(), 'heed-cases-'));
let heed: Heed;
let url: string;

beforeAll(async () => {
  heed = await createHeed({
    // Without partial readings a busy machine has less to read.
    config: unhurried({ server: { token: 'secret' }, cases: { dir }, transcribe: { partials: false } }),
    log: () => undefined,
  });
  ({ url } = await heed.listen());
});

afterEach(closePages);

afterAll(async () => {
  await closeBrowsers();
  await heed?.close();
  rmSync(dir, { recursive: true });
});

async function saySomething(phrase: string): Promise<Page> {
  const page = await openBrowser({ microphone: withSilence(await speak(phrase, { rate: 130 }), { beforeMs: 1_500 }) });
  await page.goto(url);
  await page.getByText('Connected', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Talk' }).click();
  await page.locator('.utterance:first-child .outcome:not(.running)').waitFor();
  return page;
}

test('the panel shows how a spoken phrase was understood, plays it, and saves it as a case that passes', async () => {
  const page = await saySomething('set the kitchen lights to fifty percent');
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const panel = page.locator('#why');
  expect(await panel.locator('#why-trace').isVisible()).toBe(false);

  await page.locator('.utterance:first-child .why-button').click();
  await panel.locator('.waterfall').waitFor();
  expect(await panel.locator('svg.vad').getAttribute('aria-label')).toMatch(/Speech probability over \d/);
  expect(await panel.locator('.vad-probability').getAttribute('points')).toMatch(
    /^[\d.]+,[\d.]+( [\d.]+,[\d.]+){20,}$/,
  );
  expect(await panel.locator('.readings tbody tr').first().textContent()).toMatch(/free.*kitchen lights?/i);
  expect(await panel.locator('.readings').textContent()).toContain('commands');
  expect(await panel.getByText(/^It ended (after a silence|at once)/).count()).toBe(1);
  expect(await panel.locator('.waterfall th').allTextContents()).toEqual(
    expect.arrayContaining(['End of speech', 'Text ready', 'End decided', 'Handed to the command']),
  );
  expect(await accessibilityFindings(page)).toEqual([]);

  const lastS = await page.evaluate<number>(`new Promise((resolve, reject) => {
    const audio = document.querySelector('#why audio');
    audio.muted = true;
    audio.onerror = () => reject(new Error('The audio cannot be played.'));
    audio.onended = () => resolve(audio.duration);
    audio.play().catch(reject);
  })`);
  expect(lastS).toBeGreaterThan(1);

  await panel.getByRole('button', { name: /^Save as a test: brightness/ }).click();
  await panel.getByText(/^Saved as /).waitFor();
  const [name] = readdirSync(dir).filter((file) => file.endsWith('.json'));
  const saved = await readCase(dir, name!.replace('.json', ''));
  expect(saved.expected).toEqual({ command: 'brightness', args: { room: 'kitchen', level: 50 } });
  expect((await decodeWholeFile(readFileSync(saved.audioPath))).length / 16_000).toBeCloseTo(lastS, 1);
  expect(await runCase(saved, heed, () => heed.ears())).toMatchObject({ passed: true, came: [saved.expected] });

  await panel.getByLabel('It should have been understood as').fill('close the bedroom blinds');
  await page.keyboard.press('Enter');
  await panel.getByText(/^Saved as /).waitFor();
  const corrected = await readCase(dir, saved.name);
  expect(corrected.expected).toMatchObject({ command: 'blinds' });
  expect(complaints).toEqual([]);
});
