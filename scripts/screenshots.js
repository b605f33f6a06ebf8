// Takes pictures of the page with commands of a café, on three screens, in light and dark:
// node scripts/screenshots.js [FOLDER]. Build first; no speech model is needed, as everything is typed.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { createHeed, defineCommand, list, number } from '../dist/index.js';

const folder = process.argv[2] ?? join('docs', 'figures', 'page');
const screens = {
  phone: { width: 320, height: 640 },
  tall: { width: 390, height: 844 },
  desk: { width: 1440, height: 900 },
};

const drinks = list(['espresso', 'latte', 'cappuccino', 'flat white', 'filter coffee']);
const commands = {
  order: defineCommand({
    description: 'Puts drinks on the order.',
    phrases: ['[add] {count} {drink} [please]', '(make|add) [me] (a|an) {drink} [please]'],
    slots: { count: number({ min: 1, max: 20 }), drink: drinks },
    examples: [{ say: 'add two latte', args: { count: 2, drink: 'latte' } }],
    state: { order: { table: 4, drinks: [], paid: false } },
    run({ args: { count = 1, drink }, state }) {
      const order = state.get('order');
      state.set('order', { ...order, drinks: [...order.drinks, `${count} × ${drink}`] });
      return { say: `${count} ${drink} added to table ${order.table}.`, undo: () => state.set('order', order) };
    },
  }),
  pay: defineCommand({
    description: 'Closes the order, once that is confirmed.',
    phrases: ['pay [the] order', 'close [the] order'],
    examples: [{ say: 'close the order', args: {} }],
    risk: 'high',
    run: () => ({ say: 'The order is paid.' }),
  }),
  machine: defineCommand({
    description: 'Turns the machine on or off.',
    phrases: ['turn {to} the machine'],
    slots: { to: list(['on', 'off']) },
    examples: [{ say: 'turn on the machine', args: { to: 'on' } }],
    state: { machine: true, temperature: 93.5, 'next cleaning': '2030-01-01T18:00:00.000Z' },
    run({ args, state }) {
      state.set('machine', args.to === 'on');
      return { say: `The machine is ${args.to}.` };
    },
  }),
  note: defineCommand({
    description: 'Notes something for the kitchen.',
    phrases: ['leave a note'],
    examples: [{ say: 'leave a note', args: {} }],
    run: async ({ ask }) => ({ say: `Noted: ${await ask('What shall I note?')}.` }),
  }),
};
for (const name of ['open the door', 'dim the lights', 'play some music', 'call a waiter'])
  commands[name.replaceAll(' ', '-')] = defineCommand({
    phrases: [name],
    examples: [{ say: name, args: {} }],
    run() {},
  });

// Nothing is spoken here, so that nothing has to hear.
const deaf = { close: async () => undefined };
const heed = await createHeed({
  commands,
  commandsDir: false,
  config: { server: { port: 0 } },
  vad: { ...deaf, answerMs: 0, openStream: () => ({ probability: async () => 0, close: () => undefined }) },
  transcriber: {
    ...deaf,
    info: { model: 'none', backend: 'cpu', multilingual: false, workers: 1, system: '' },
    open: () => ({ length: 0, append() {}, read: () => Promise.reject(new Error('deaf')), promote() {}, close() {} }),
    load: () => ({ waiting: 0, running: 0, capacity: 1 }),
  },
});
const { url } = await heed.listen();
const executablePath = execFileSync(process.execPath, ['scripts/get-browser.js'], { encoding: 'utf8' }).trim();
const browser = await chromium.launch({ executablePath, args: ['--headless=new', '--no-sandbox', '--disable-gpu'] });
mkdirSync(folder, { recursive: true });

async function say(page, phrase, wanted) {
  await page.getByLabel('Or type it').fill(phrase);
  await page.keyboard.press('Enter');
  await page.locator(wanted).first().waitFor();
}

for (const [screen, viewport] of Object.entries(screens)) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [topic, value] of Object.entries(commands.order.state))
      heed.bus.publish('heed', { type: 'state', topic, value });
    const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
    await page.goto(url);
    await page.getByText('Connected', { exact: true }).waitFor();
    await say(page, 'add two latte', '.utterance:first-child .outcome.done');
    await say(page, 'add a cappuchino', '.utterance:first-child .outcome');
    await say(page, 'close the order', '.prompt');
    await page.screenshot({ path: join(folder, `${screen}-${colorScheme}.png`), fullPage: true });
    await page.getByRole('button', { name: 'No', exact: true }).click();
    await page.locator('.prompt').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.locator('dialog[open]').waitFor();
    await page.screenshot({ path: join(folder, `${screen}-${colorScheme}-settings.png`) });
    await page.close();
  }
}
await browser.close();
await heed.close();
console.log(`The pictures are in ${folder}/.`);
