// Finds Chrome or Chromium for the tests, or gets one. `node scripts/get-browser.js` prints its path.
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Progress } from './progress.js';
import { answers, runLogged } from './run.js';
import { SetupError } from './setup-error.js';
import { runMain } from './setup.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const progress = new Progress();

/** A download that prints nothing for this long is given up, ms. */
const silentDownloadMs = 20_000;

/**
 * Returns the path of a Chrome or Chromium that starts: the one that HEED_BROWSER or CHROME_PATH names, an installed
 * one, or Playwright's. If there is none, downloads or installs one.
 */
export async function ensureBrowser() {
  const named = process.env.HEED_BROWSER || process.env.CHROME_PATH;
  if (named) {
    if (await starts(named)) return named;
    throw new SetupError(
      `HEED_BROWSER or CHROME_PATH is "${named}", which does not start as a browser. Correct it or unset it.`,
    );
  }
  for (const find of [findInstalled, downloadWithPlaywright, installWithApt]) {
    const path = await find();
    if (path) return path;
  }
  throw new SetupError(
    `The tests need Chrome or Chromium. Install it (${installHint()}) or name one with CHROME_PATH.`,
  );
}

async function findInstalled() {
  for (const path of [...usualPaths(), await playwrightPath()]) if (await starts(path)) return path;
  return undefined;
}

function usualPaths() {
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome', 'microsoft-edge'];
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge']
      .map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
      .concat(onPath);
  }
  if (process.platform === 'win32') {
    const folders = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].filter(
      Boolean,
    );
    const programs = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ];
    return programs.flatMap((program) => folders.map((folder) => join(folder, program)));
  }
  return onPath;
}

/** The path where Playwright puts its own download of this version, whether or not it is there. */
async function playwrightPath() {
  const { chromium } = await import('playwright-core');
  return chromium.executablePath();
}

/** Whether a program is there and really is a browser: a package manager may leave a stub that only prints advice. */
async function starts(path) {
  if (!path || !existsSync(path)) return false;
  if (process.platform === 'win32') return true; // `--version` opens a window there
  return /\d+\.\d+/.test((await answers(path)) ?? '');
}

async function downloadWithPlaywright() {
  const giveUp = new AbortController();
  let timer = setTimeout(() => giveUp.abort(), silentDownloadMs);
  const ok = await attempt({
    label: 'Downloading Chromium',
    command: [process.execPath, join(root, 'node_modules/playwright-core/cli.js'), 'install', '--no-shell', 'chromium'],
    log: 'browser-download.log',
    signal: giveUp.signal,
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '5000' },
    onLine: (line) => {
      clearTimeout(timer);
      timer = setTimeout(() => giveUp.abort(), silentDownloadMs);
      const percent = /\b(\d+)%/.exec(line);
      if (percent) progress.update(Number(percent[1]) / 100);
    },
  });
  clearTimeout(timer);
  const path = ok ? await playwrightPath() : undefined;
  return (await starts(path)) ? path : undefined;
}

async function installWithApt() {
  if (process.getuid?.() !== 0 || (await answers('apt-get')) === undefined) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // A failure is no reason to stop, because the old package list may be good enough; the install will show.
  await attempt({ label: 'Updating the package list', command: ['apt-get', 'update'], log: 'browser-list.log', env });
  await attempt({
    label: 'Installing Chromium',
    command: ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'],
    log: 'browser-install.log',
    env,
  });
  return await findInstalled();
}

/** Tries one way to get a browser. Returns whether it worked instead of throwing, since another way may work. */
async function attempt({ label, command: [program, ...args], log, ...options }) {
  progress.start(label);
  mkdirSync(join(root, '.heed'), { recursive: true });
  try {
    await runLogged(program, args, { log: join(root, '.heed', log), ...options });
    progress.done();
    return true;
  } catch {
    progress.done(`not possible here; .heed/${log} says why`);
    return false;
  }
}

function installHint() {
  if (process.platform === 'darwin') return '`brew install --cask google-chrome`';
  if (process.platform === 'win32') return '`winget install Google.Chrome`';
  return '`apt install chromium`, `dnf install chromium`, or google.com/chrome';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    console.log(await ensureBrowser());
    return 0;
  });
}
