import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { patient } from '../patience.ts';
import { accessibilityFindings, closeBrowsers, closePages } from './browser.ts';
import { openPage, startHeed } from './page-stage.ts';

vi.setConfig({ testTimeout: patient(60_000) });

let stage: Awaited<ReturnType<typeof startHeed>>;

beforeAll(async () => {
  stage = await startHeed();
});

afterEach(closePages);

afterAll(async () => {
  await closeBrowsers();
  await stage?.heed.close();
});

test('what was given for later is listed in every page that opens, and called off there', async () => {
  const { page } = await openPage(stage.url);
  const planned = page.getByRole('region', { name: 'Planned' });
  expect(await planned.isVisible()).toBe(false);
  await page.getByLabel('Or type it').fill('close the kitchen blinds in fifty hours');
  await page.keyboard.press('Enter');
  await planned.getByText('close the kitchen blinds').waitFor();
  const { due } = stage.heed.planned[0]!;
  expect(await planned.getByRole('time').getAttribute('datetime')).toBe(due);
  expect(await accessibilityFindings(page)).toEqual([]);

  const { page: other } = await openPage(stage.url);
  await other.getByRole('button', { name: 'Cancel: close the kitchen blinds' }).click();
  await other.getByRole('region', { name: 'Planned' }).waitFor({ state: 'hidden' });
  expect(stage.heed.planned).toEqual([]);
});
