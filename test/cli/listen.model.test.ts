import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { runCli } from '../../src/main.ts';
import { patient } from '../patience.ts';
import { pcm } from '../server/fake-ears.ts';
import { speak, withSilence } from '../speech.ts';

vi.setConfig({ testTimeout: patient(40_000) });

test('heed listen hears a command that is spoken into the recorder and runs it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'heed-listen-'));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    rmSync(dir, { recursive: true });
  });
  writeFileSync(join(dir, 'sound.pcm'), pcm(withSilence(await speak('turn on the kitchen lights'))));
  writeFileSync(join(dir, 'arecord'), `#!/bin/sh\nexec cat ${join(dir, 'sound.pcm')}\n`);
  chmodSync(join(dir, 'arecord'), 0o755);
  vi.stubEnv('PATH', `${dir}${delimiter}${process.env['PATH'] ?? ''}`);
  // One engine in this process is ready sooner than worker processes.
  vi.stubEnv('HEED_TRANSCRIBE_ENGINE', 'in-process');
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => {
    lines.push(line);
  });
  expect(await runCli(['listen'])).toBe(0);
  const output = lines.join('\n');
  expect(output).toContain('Listening with arecord');
  expect(output).toContain('→ lights {"on":true,"room":"kitchen"}');
  expect(output).toContain('✓ The kitchen lights are on.');
});
