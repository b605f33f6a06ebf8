import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { patient } from './patience.ts';
import { speak, withSilence } from './speech.ts';

vi.setConfig({ testTimeout: patient(40_000) });

const [, code = ''] = /^```js embedding\.js\n([\s\S]*?)^```$/m.exec(readFileSync('docs/embedding.md', 'utf8')) ?? [];

declare global {
  var microphone: (() => Iterable<Float32Array>) | undefined;
}

test('the code in docs/embedding.md hears a command and runs it', async () => {
  const folder = mkdtempSync(join(import.meta.dirname, '.embedding-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const said = withSilence(await speak('turn on the lamp'));
  globalThis.microphone = function* () {
    for (let at = 0; at < said.length; at += 1_600) yield said.subarray(at, at + 1_600);
  };
  vi.stubEnv('HEED_TRANSCRIBE_MODEL', 'base');
  vi.stubEnv('HEED_TRANSCRIBE_WORKERS', '1');
  // A busy machine may take longer than a speaker would wait.
  vi.stubEnv('HEED_DISPATCH_MAX_AGE_MS', '3600000');
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  onTestFinished(() => {
    globalThis.microphone = undefined;
    vi.unstubAllEnvs();
    log.mockRestore();
  });
  writeFileSync(join(folder, 'embedding.ts'), code);
  await import(join(folder, 'embedding.ts'));
  const lines = log.mock.calls.map(([line]) => String(line));
  expect(lines).toEqual([expect.stringMatching(/^heard: .*turn on the/i), 'The lamp is on.']);
});
