import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { voicesVerb } from '../../src/cli/voices.ts';
import { VoiceStore } from '../../src/speakers/known/voice-store.ts';
import { runVerb } from './audio-commands.ts';

let dir: string;

beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'heed-voices-')), 'voices');
  vi.stubEnv('HEED_VOICES_DIR', dir);
  const piece = { vector: Float32Array.of(1), seconds: 12 };
  const model = { name: 'other', sha256: '0'.repeat(64) };
  const voice = { name: 'anna', model, pieces: [piece], enrolledAt: '2026-11-30T00:00:00.000Z' };
  new VoiceStore(dir, () => undefined).put(voice);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function names(): string[] {
  return new VoiceStore(dir, () => undefined).list().map(({ name }) => name);
}

test('a known voice gets another name', async () => {
  const { code, output } = await runVerb(voicesVerb, ['rename', 'Anna', 'Anna B.']);
  expect(code).toBe(0);
  expect(output).toContain('is Anna B. now');
  expect(names()).toEqual(['Anna B.']);
});

test('the new name is told as JSON', async () => {
  const { output } = await runVerb(voicesVerb, ['rename', 'anna', 'ben', '--json']);
  expect(JSON.parse(output)).toEqual({ type: 'renamed', from: 'anna', name: 'ben' });
});

test('nobody who is not known gets a name, and nobody gets one that is none', async () => {
  await expect(runVerb(voicesVerb, ['rename', 'carl', 'ben'])).rejects.toThrow('No voice named "carl"');
  await expect(runVerb(voicesVerb, ['rename', 'anna', '../x'])).rejects.toThrow('cannot be the name');
  expect(names()).toEqual(['anna']);
});
