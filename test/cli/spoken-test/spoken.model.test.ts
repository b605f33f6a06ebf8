import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { runCli } from '../../../src/main.ts';
import { patient } from '../../patience.ts';

vi.setConfig({ testTimeout: patient(60_000) });

test('heed test --audio speaks the examples and `not` phrases, and runs nothing', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'heed-spoken-'));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    rmSync(dir, { recursive: true });
  });
  writeFileSync(
    join(dir, 'lamp.js'),
    `export default {
      phrases: ['turn on the lamp'],
      examples: [{ say: 'turn on the lamp' }],
      not: ['the weather is lovely today'],
      run() { throw new Error('No handler runs in a test.'); },
    };`,
  );
  // One engine in this process is ready sooner than worker processes.
  vi.stubEnv('HEED_TRANSCRIBE_ENGINE', 'in-process');
  let output = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
  expect(await runCli(['test', '--audio', '--json', '--snr', '20', '--commands', dir])).toBe(0);
  const spoken = output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const voices = new Set(spoken.map(({ voice }) => voice));
  expect(voices.size).toBeGreaterThanOrEqual(3);
  expect(spoken).toHaveLength(voices.size * 2 * 2);
  expect(spoken.filter(({ snrDb }) => snrDb === 20)).toHaveLength(voices.size * 2);
  const quiet = spoken.filter(
    ({ snrDb, sentence }) => snrDb === undefined && (sentence as { isMeant: boolean }).isMeant,
  );
  expect(quiet.some(({ verdict }) => verdict === 'right')).toBe(true);
  expect(spoken.map(({ verdict }) => verdict)).not.toContain('obeyed');
});
