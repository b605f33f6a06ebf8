import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { eventually, patient } from '../patience.ts';
import { serve, type TestServer } from '../server/harness.ts';
import { closeBrowsers, closePages } from './browser.ts';
import { openScripted } from './scripted-page.ts';

vi.setConfig({ testTimeout: patient(60_000) });

let server: TestServer;

beforeAll(async () => {
  server = await serve();
});

afterEach(closePages);

afterAll(async () => {
  await closeBrowsers();
  await server[Symbol.asyncDispose]();
});

test('one of several answers is tapped', async () => {
  const { page, send, answers } = await openScripted(server.server.url, {});
  const options = ['Kitchen lights', 'Kitchen radio'];
  send({ type: 'prompt', command: 'lights', prompt_id: 'p1', kind: 'ask', text: 'Which one?', options });
  await page.getByRole('button', { name: 'Kitchen radio' }).click();
  await eventually(() => expect(answers).toEqual([{ prompt_id: 'p1', text: 'Kitchen radio' }]));
});

test('a PIN is typed, hidden, and not kept', async () => {
  const { page, send, answers } = await openScripted(server.server.url, {});
  const question = { kind: 'confirm', text: 'Open the door?', pin: 'required' } as const;
  send({ type: 'prompt', command: 'door', prompt_id: 'p2', ...question });
  const field = page.getByLabel('PIN');
  await field.fill('4821');
  expect(await field.getAttribute('type')).toBe('password');
  expect(await page.getByRole('button', { name: 'Yes' }).count()).toBe(0);
  await field.press('Enter');
  await eventually(() => expect(answers).toEqual([{ prompt_id: 'p2', text: '4821' }]));
  expect(await page.content()).not.toContain('4821');
});
