import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Page } from 'playwright-core';
import { patient } from '../patience.ts';
import { serve, type TestServer } from '../server/harness.ts';
import { accessibilityFindings, closeBrowsers, closePages } from './browser.ts';
import { awkwardCommands, awkwardStates, awkwardTrace, endless } from './page/awkward.ts';
import { openScripted, type ScriptedPage } from './scripted-page.ts';

vi.setConfig({ testTimeout: patient(60_000) });

/** A small phone, two others, a tablet and a desk. */
const widths = [320, 360, 390, 768, 1440];

let server: TestServer;

beforeAll(async () => {
  server = await serve();
});

afterEach(closePages);

afterAll(async () => {
  await closeBrowsers();
  await server[Symbol.asyncDispose]();
});

/** Returns what is wider than the page, apart from what scrolls by itself or is for screen readers only. */
const tooWide = `(() => {
  const isApart = (element) => element.closest('.visually-hidden, #why-list, svg') !== null;
  return [...document.querySelectorAll('body *')]
    .filter((element) => !isApart(element))
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && (box.right > innerWidth + 0.5 || box.left < -0.5))
    .map(({ element }) => element.tagName + '#' + element.id + '.' + element.className);
})()`;

async function expectToFit(page: Page): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const found = await page.evaluate<string[]>(tooWide);
    const scrollWidth = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect({ width, scrollWidth, found }).toEqual({ width, scrollWidth: width, found: [] });
  }
}

const open = (): Promise<ScriptedPage> =>
  openScripted(server.server.url, { commands: awkwardCommands!, traces: [awkwardTrace] });

describe('the page is as wide as the screen, and no wider', () => {
  test.each(Object.entries(awkwardStates))('with %s', async (_, { events, shown }) => {
    const { page, send } = await open();
    await page.locator('.command').first().waitFor();
    send(...events);
    await page.locator(shown).first().waitFor();
    await expectToFit(page);
  });

  test('with all of that at once, and the panel open that shows why', async () => {
    const { page, send } = await open();
    // A command ends the questions before it, so these come last.
    const states = Object.values(awkwardStates).reverse();
    for (const { events } of states) send(...events);
    await page.locator('#why summary').click();
    await page.locator('.save-case').waitFor();
    await page.locator('.prompt').first().waitFor();
    await expectToFit(page);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await accessibilityFindings(page)).toEqual([]);
  });

  test('with an address that is no longer valid', async () => {
    const { page, close } = await open();
    await close(4401);
    await page.getByText('This address is no longer valid').waitFor();
    await expectToFit(page);
    expect(await accessibilityFindings(page)).toEqual([]);
  });
});

describe('the state of other commands', () => {
  test('is shown as cards, without a house, and nothing is shown where there is none', async () => {
    const { page, send } = await open();
    await page.locator('.command').first().waitFor();
    expect(await page.locator('#topics').isVisible()).toBe(false);
    send({ type: 'state', topic: 'lamp', value: { isOn: true, level: 40, tags: ['warm', 'dim'] } });
    const card = page.locator('.topic').filter({ hasText: 'lamp' });
    await card.waitFor();
    expect(await card.locator('dt').allTextContents()).toEqual(['is on', 'level', 'tags']);
    expect(await card.locator('dd').allTextContents()).toEqual(['yes', '40', 'warmdim']);
    expect(await page.locator('#house-card').isVisible()).toBe(false);
    expect(await page.locator('.changed').count()).toBe(0);

    send({ type: 'state', topic: 'lamp', value: { isOn: true, level: 55, tags: ['warm', 'dim'] } });
    await page.locator('.changed').waitFor();
    expect(await page.locator('.changed').allInnerTexts()).toEqual(['Level\n55']);
  });

  test('of a topic called house is no picture unless the commands are the sample’s', async () => {
    const { page, send } = await open();
    send({ type: 'state', topic: 'house', value: { rooms: { attic: { light: { on: true } } } } });
    await page.locator('.topic').filter({ hasText: 'house' }).waitFor();
    expect(await page.locator('#house-card').isVisible()).toBe(false);
  });
});

describe('what can be said', () => {
  const many = Array.from({ length: 500 }, (_, n) => ({
    name: `command-${n}`,
    description: n === 321 ? 'Brews a café crème.' : `Does thing ${n}.`,
    phrases: [`do the thing ${n}`],
    examples: [`do the thing ${n}`],
  }));
  const count = '#command-count';

  test('is searched among 500 commands with the keyboard alone, and told how many there are', async () => {
    const { page } = await openScripted(server.server.url, { commands: many });
    await page.locator('.command').first().waitFor();
    expect(await page.locator('.command').count()).toBe(40);
    expect(await page.locator(count).textContent()).toBe('500 commands');

    await page.keyboard.press('/');
    await page.keyboard.type('cafe creme');
    expect(await page.locator(count).textContent()).toBe('1 of 500 commands');
    expect(await page.locator('.command').allInnerTexts()).toEqual([expect.stringContaining('Brews a café crème')]);
    await page.keyboard.press('ArrowDown');
    expect(await page.locator(':focus').textContent()).toBe('do the thing 321');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Escape');
    expect(await page.locator(count).textContent()).toBe('500 commands');
    expect(await accessibilityFindings(page)).toEqual([]);

    await page.getByRole('button', { name: 'Show all 500' }).click();
    expect(await page.locator('.command').count()).toBe(500);
    expect(await page.locator(':focus').textContent()).toBe('do the thing 40');
  });

  test('shows the command of the last phrase, wherever it is in the list', async () => {
    const { page, send } = await openScripted(server.server.url, { commands: many });
    await page.locator('.command').first().waitFor();
    send({
      type: 'command.matched',
      command: 'command-444',
      args: {},
      phrase: 'do the thing 444',
      score: 1,
      via: 'exact',
      candidates: [],
    });
    await page.locator('.command.lit').getByText('do the thing 444').waitFor();
  });

  test('needs no search while there are few commands', async () => {
    const { page } = await openScripted(server.server.url, { commands: many.slice(0, 6) });
    await page.locator('.command').first().waitFor();
    expect(await page.locator('#command-search').isVisible()).toBe(false);
    await page.keyboard.press('/');
    expect(await page.locator('#command-filter:focus').count()).toBe(0);
  });
});

test('an endless word is broken, not cut', async () => {
  const { page, send } = await open();
  send(...awkwardStates['a question with an endless word']!.events);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.locator('.question').innerText()).toContain(endless);
});
