/** A real Chromium whose microphone plays the speech of a test. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe, { type AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { encodeWav } from '../../src/audio/index.ts';
import { patient } from '../patience.ts';

const folder = mkdtempSync(join(tmpdir(), 'heed-e2e-'));
const browsers: Browser[] = [];
const contexts: BrowserContext[] = [];
let executablePath: string | undefined;

/** Most tests say nothing, so they share a browser. */
let silentBrowser: Promise<Browser> | undefined;

/** What a test needs of its browser. */
export interface BrowserOptions {
  /** What the microphone plays once it is opened, 16 kHz mono; then silence. Default: silence. */
  microphone?: Float32Array;
  /** Whether it plays that again and again, without a gap. Default: once. */
  isEndless?: boolean;
  /** How the person responds when the browser asks for the microphone. Default: allow. */
  permission?: 'allow' | 'deny';
  context?: BrowserContextOptions;
}

/**
 * Opens a page. A microphone with something to play needs a browser of its own, and plays from the first time that it
 * is opened.
 */
export async function openBrowser(options: BrowserOptions = {}): Promise<Page> {
  const { microphone, permission, context } = options;
  const isShared = microphone === undefined && permission === undefined;
  const browser = await (isShared ? (silentBrowser ??= launch({})) : launch(options));
  const opened = await browser.newContext(context);
  opened.setDefaultTimeout(patient(20_000));
  contexts.push(opened);
  return await opened.newPage();
}

async function launch({
  microphone = new Float32Array(16_000),
  isEndless = false,
  permission = 'allow',
}: BrowserOptions): Promise<Browser> {
  executablePath ??= execFileSync(process.execPath, ['scripts/get-browser.js'], { encoding: 'utf8' }).trim();
  const wav = join(folder, `${randomUUID()}.wav`);
  writeFileSync(wav, encodeWav(microphone));
  const browser = await chromium.launch({
    executablePath,
    timeout: patient(20_000),
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${wav}${isEndless ? '' : '%noloop'}`,
      permission === 'allow' ? '--use-fake-ui-for-media-stream' : '--use-fake-ui-for-media-stream=deny',
    ],
  });
  browsers.push(browser);
  return browser;
}

/** Closes the pages of a test. */
export async function closePages(): Promise<void> {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
}

/** Closes every browser that a test file has opened. */
export async function closeBrowsers(): Promise<void> {
  await Promise.all(browsers.map((browser) => browser.close()));
  rmSync(folder, { recursive: true, force: true });
}

/** Returns what axe reports about the page, one line per finding, in the light and the dark colour scheme. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const findings: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    // Colours must not be in transition while their contrast is measured.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    for (const { id, nodes } of violations) findings.push(...nodes.map(({ html }) => `${colorScheme}: ${id}: ${html}`));
  }
  return findings;
}
