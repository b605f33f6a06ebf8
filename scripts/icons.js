// Draws web/icons/*.png from web/icon.svg, for the browsers that install the page: node scripts/icons.js.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const drawing = readFileSync('web/icon.svg', 'utf8');
// Systems cut maskable icons to their own shape: the ground fills the square, and the drawing stays in the middle.
const maskable = drawing.replace(/ rx="9"/, '').replace('<g ', '<g transform="translate(4 4) scale(0.75)" ');
const icons = [
  ['192', 192, drawing],
  ['512', 512, drawing],
  ['maskable-512', 512, maskable],
  ['apple-180', 180, maskable],
];

const executablePath = execFileSync(process.execPath, ['scripts/get-browser.js'], { encoding: 'utf8' }).trim();
const browser = await chromium.launch({ executablePath, args: ['--headless=new', '--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
mkdirSync('web/icons', { recursive: true });
for (const [name, size, svg] of icons) {
  await page.setViewportSize({ width: size, height: size });
  const sized = svg.replace('<svg ', `<svg width="${size}" height="${size}" `);
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${sized}`);
  await page.screenshot({ path: `web/icons/${name}.png`, omitBackground: true });
}
await browser.close();
