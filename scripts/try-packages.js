// node scripts/try-packages.js [--json] [--project DIR] FOLDER [FILE…]: installs heed from the packages in FOLDER into
// an empty project, as a new user would, and uses it; nothing is compiled. Recordings that are named are heard there.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startRegistry } from './package-registry.js';

/** What a plain install must not bring: hundreds of megabytes, or what only a build needs. */
const unwanted = ['onnxruntime-node', '@ricky0123/vad-node', 'cmake-js', 'nodejs-whisper', 'node-llama-cpp'];

/** Returns the packages in a folder: the path of each tarball, by the name of the package. */
export function packagesIn(folder) {
  const tarballs = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  const nameOf = (file) => {
    const [, platform] = /^heed-((?:linux|darwin|win32)-\w+)-\d/.exec(file) ?? [];
    return platform ? `@heed/${platform}` : 'heed';
  };
  return Object.fromEntries(tarballs.map((file) => [nameOf(file), resolve(folder, file)]));
}

/**
 * Installs and uses heed. Rejects with what a program printed when it fails.
 * @param {Record<string, string>} packages the path of a tarball by the name of its package
 * @param {{ recordings?: string[], folder?: string }} options recordings that hold a command of `heed init`
 */
export async function tryPackages(packages, { recordings = [], folder = undefined } = {}) {
  const project = folder ?? mkdtempSync(join(tmpdir(), 'heed-project-'));
  mkdirSync(project, { recursive: true });
  const registry = await startRegistry(packages);
  const startedMs = Date.now();
  try {
    const npm = ['install', 'heed', '--registry', registry.url, '--ignore-scripts', '--no-audit', '--no-fund'];
    await output('npm', npm, project);
    const installedMs = Date.now() - startedMs;
    const modules = join(project, 'node_modules');
    const brought = unwanted.filter((name) => statSync(join(modules, name), { throwIfNoEntry: false }));
    if (brought.length > 0) throw new Error(`A plain install brings ${brought.join(', ')}.`);
    const heed = (...args) => output('npx', ['heed', ...args], project);
    await heed('init');
    const tested = await heed('test');
    const said = await heed('say', 'set a timer for five minutes');
    writeFileSync(join(project, 'common.cjs'), "console.log(typeof require('heed').defineCommand);\n");
    const common = await output('node', ['common.cjs'], project);
    const heard = [];
    for (const recording of recordings) heard.push(await heed('hear', recording));
    const page = await visitPage(project);
    const bytes = bytesOf(modules);
    return { project, installedMs, totalMs: Date.now() - startedMs, bytes, tested, said, common, heard, page };
  } finally {
    await registry.close();
    if (folder === undefined) rmSync(project, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Starts `heed dev`, fetches its page, and ends it; returns the page. */
async function visitPage(project) {
  const child = spawn('npx', ['heed', 'dev', '--port', '0', '--json'], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
    detached: process.platform !== 'win32', // so that the whole family can be ended
  });
  try {
    const url = await new Promise((done, fail) => {
      let text = '';
      child.stdout.on('data', (chunk) => {
        text += chunk;
        const line = text.split('\n').find((part) => part.includes('"listening"'));
        if (line !== undefined && text.includes('\n')) done(JSON.parse(line).url);
      });
      child.once('close', () => fail(new Error(`heed dev ended before it listened: ${text}`)));
    });
    return await (await fetch(url)).text();
  } finally {
    const ended = new Promise((done) => child.once('close', done));
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGTERM');
    await ended;
  }
}

/** Runs a program and returns what it printed; rejects with that when it fails. */
function output(program, args, cwd) {
  return new Promise((done, fail) => {
    // On Windows npm and npx are batch files, which only a shell starts.
    const quoted = process.platform === 'win32' ? args.map((arg) => `"${arg}"`) : args;
    const child = spawn(program, quoted, { cwd, shell: process.platform === 'win32' });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.stderr.on('data', (chunk) => (text += chunk));
    child.once('error', fail);
    child.once('close', (code) =>
      code === 0 ? done(text) : fail(new Error(`${program} ${args.join(' ')} failed (exit ${code}):\n${text}`)),
    );
  });
}

function bytesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, project: { type: 'string' } },
  });
  const [folder = 'build/packages', ...recordings] = positionals;
  const report = await tryPackages(packagesIn(folder), {
    recordings: recordings.map((path) => resolve(path)),
    folder: values.project,
  });
  const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
  if (values.json) console.log(JSON.stringify(report));
  else {
    console.log(`installed in ${seconds(report.installedMs)}, ${(report.bytes / 1e6).toFixed(1)} MB`);
    console.log(`${report.said}${report.heard.join('')}all of it in ${seconds(report.totalMs)}`);
  }
}
