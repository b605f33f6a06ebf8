import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { encodeWav } from '../../src/audio/index.ts';
import { patient } from '../patience.ts';
import { speak, withSilence } from '../speech.ts';

vi.setConfig({ testTimeout: patient(30_000), hookTimeout: patient(300_000) });

const run = promisify(execFile);
const platform = `${process.platform}-${process.arch}`;
const folder = mkdtempSync(join(tmpdir(), 'heed-packages-'));
const project = join(folder, 'project');

/** What `scripts/try-packages.js` found. */
let report: { bytes: number; tested: string; said: string; common: string; heard: string[]; page: string };

/** The addons that the set-up has built for this machine stand for those that are built for many. */
function layOutAddons(): void {
  const all = JSON.parse(readFileSync('native/prebuilt.json', 'utf8')) as Record<
    string,
    { variants: { name: string }[] }
  >;
  for (const { name } of all[platform]!.variants) {
    const variant = join(folder, 'prebuilt', platform, name);
    mkdirSync(variant, { recursive: true });
    for (const addon of ['heed.node', 'voice.node']) cpSync(join('build', 'Release', addon), join(variant, addon));
  }
}

beforeAll(async () => {
  layOutAddons();
  const packages = join(folder, 'packages');
  await run(process.execPath, ['scripts/pack.js', packages, join(folder, 'prebuilt')]);
  const recording = join(folder, 'timer.wav');
  writeFileSync(recording, encodeWav(withSilence(await speak('Set a timer for five minutes.'))));
  const args = ['scripts/try-packages.js', '--json', '--project', project, packages, recording];
  const { stdout } = await run(process.execPath, args);
  report = JSON.parse(stdout) as typeof report;
});

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

test('a plain install from a registry is small, and compiles nothing', () => {
  expect(report.bytes).toBeLessThan(60e6);
});

test('the new project passes its test, and its command runs when it is typed and when it is spoken', () => {
  expect(report.tested).toMatch(/1 (case|passed|of 1)/);
  expect(report.said).toContain('timer {"time":300}');
  expect(report.heard).toEqual([expect.stringContaining('timer {"time":300}')]);
});

test('the page is served, and CommonJS gets the module', () => {
  expect(report.page).toContain('<title>heed</title>');
  expect(report.common.trim()).toBe('function');
});

test('a strict TypeScript project accepts the types of the package', () => {
  const config = ts.readConfigFile(join(project, 'tsconfig.json'), (path) => readFileSync(path, 'utf8'));
  const { fileNames, options } = ts.parseJsonConfigFileContent(config.config, ts.sys, project);
  const program = ts.createProgram(fileNames, {
    ...options,
    strict: true,
    skipLibCheck: false,
    noEmit: true,
    types: [],
  });
  const faults = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
  expect(fileNames.length).toBeGreaterThan(0);
  expect(faults).toEqual([]);
});
