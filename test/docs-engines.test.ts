import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';

const [, code = ''] = /^```js engines\.js\n([\s\S]*?)^```$/m.exec(readFileSync('docs/engines.md', 'utf8')) ?? [];

/** As many claps as are wanted, 96 ms each and 64 ms apart, which is too short a pause to end a command. */
function claps(count: number): Float32Array {
  const samples = new Float32Array(count * 2_560 + 32_768);
  for (let clap = 0; clap < count; clap++) samples.fill(0.5, clap * 2_560 + 1_024, clap * 2_560 + 2_560);
  return samples;
}

test('the engine of docs/engines.md hears two claps and nothing else', async () => {
  const folder = mkdtempSync(join(import.meta.dirname, '.engines-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  globalThis.microphone = function* () {
    for (const count of [3, 2, 1]) yield claps(count);
  };
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  onTestFinished(() => {
    globalThis.microphone = undefined;
    log.mockRestore();
  });
  writeFileSync(join(folder, 'engines.ts'), code);
  await import(join(folder, 'engines.ts'));
  expect(log.mock.calls).toEqual([['The lamp is on.']]);
});
