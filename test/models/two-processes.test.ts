import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from './fixtures.ts';
import { madeUpContent, madeUpEntry, modelsConfig, startHub } from './hub.ts';

const module = new URL('../../src/models/ensure-model.ts', import.meta.url).href;
const tsx = fileURLToPath(import.meta.resolve('tsx/esm'));

function ensureInChild(entry: object, config: object): Promise<string> {
  const program = `const { ensureEntry } = await import(${JSON.stringify(module)});
    process.stdout.write(await ensureEntry(${JSON.stringify(entry)}, ${JSON.stringify(config)}));`;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', tsx, '--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.on('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`exit code ${code}`))));
  });
}

test('two processes that fetch the same model at once end with one whole file, fetched once', async () => {
  const content = madeUpContent(20_000_000);
  const hub = await startHub(content);
  const folder = temporaryFolder();
  const [entry, config] = [madeUpEntry(content), modelsConfig(folder, hub.url)];
  const paths = await Promise.all([ensureInChild(entry, config), ensureInChild(entry, config)]);
  expect(new Set(paths).size).toBe(1);
  expect(readFileSync(paths[0]).equals(content)).toBe(true);
  expect(hub.sentBytes).toBe(content.length);
  expect(readdirSync(folder).sort()).toEqual(['ggml-made-up.bin', 'ggml-made-up.bin.json']);
});
