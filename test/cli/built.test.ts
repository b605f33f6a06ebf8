import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { patient } from '../patience.ts';
import { workFolder } from './audio-commands.ts';

vi.setConfig({ testTimeout: patient(10_000) });

test('the built command line writes no stack into a pipe that was closed', async () => {
  const child = spawn(process.execPath, ['bin/heed.js', 'models', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const errors: string[] = [];
  child.stderr.on('data', (text: Buffer) => errors.push(text.toString()));
  await once(child, 'close');
  expect(errors.join('')).toBe('');
  expect([0, 141]).toContain(child.exitCode);
});

test('the built command line ends although a command left a timer running', async () => {
  const { root, commandsDir } = workFolder();
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(
    join(commandsDir, 'wait.cjs'),
    `const { defineCommand } = require('heed');
    module.exports = defineCommand({ phrases: ['wait'], run: () => void setInterval(() => undefined, 1_000) });`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, [
    'bin/heed.js',
    'say',
    '--commands',
    commandsDir,
    'wait',
  ]);
  expect(stdout).toContain('✓ done');
});
