import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { concatSamples, encodeWav } from '../../src/audio/index.ts';
import { voicesVerb } from '../../src/cli/voices.ts';
import { eventually, patient } from '../patience.ts';
import { pcm } from '../server/fake-ears.ts';
import { humanSample, speak, withSilence } from '../speech.ts';
import { runVerb } from './audio-commands.ts';

vi.setConfig({ testTimeout: patient(60_000) });

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'heed-voices-'));
  vi.stubEnv('HEED_VOICES_DIR', join(dir, 'voices'));
  vi.stubEnv('PATH', `${dir}${delimiter}${process.env['PATH'] ?? ''}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true });
});

/** Puts a recorder there into which somebody speaks; what it does then is a command of the shell. */
function speakInto(samples: Float32Array, then: string): void {
  writeFileSync(join(dir, 'sound.pcm'), pcm(samples));
  const script = ['#!/bin/sh', `echo $$ > ${join(dir, 'pid')}`, `cat ${join(dir, 'sound.pcm')}`, then];
  writeFileSync(join(dir, 'arecord'), `${script.join('\n')}\n`);
  chmodSync(join(dir, 'arecord'), 0o755);
}

function kept(): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) => path.startsWith('voices'));
}

test('a voice that is spoken into the microphone is known, tried, renamed, and removed without a trace', async () => {
  const sample = await humanSample();
  speakInto(concatSamples([sample, sample]), 'exec cat /dev/zero');
  const added = await runVerb(voicesVerb, ['add', 'anna', '--microphone', '--consent']);
  expect(added).toMatchObject({ code: 0, output: expect.stringMatching(/^✓ anna is known now, from \d+ s of speech/) });
  expect(added.errors).toContain('Please speak');
  const pid = Number(readFileSync(join(dir, 'pid'), 'utf8'));
  await eventually(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'));

  // Numbers only, which nobody else can read: less than a tenth of a second of sound would take.
  expect(kept()).toEqual(['voices', expect.stringMatching(/^voices.[0-9a-f]{32}\.json$/)]);
  const { size, mode } = statSync(join(dir, kept()[1]!));
  expect(size).toBeLessThan(32_000);
  expect(mode & 0o077).toBe(0);
  expect((await runVerb(voicesVerb, ['list'])).output).toMatch(/^anna: \d+ s of speech/);

  const [own, other] = [join(dir, 'own.wav'), join(dir, 'other.wav')];
  writeFileSync(own, encodeWav(sample.subarray(0, 4 * 16_000)));
  writeFileSync(other, encodeWav(withSilence(await speak('please turn on all of the lights in the kitchen'))));
  const tried = await runVerb(voicesVerb, ['test', own, other]);
  expect(tried.output).toMatch(/own\.wav: anna, in .*\n.*other\.wav: nobody who is known, in /);

  expect((await runVerb(voicesVerb, ['rename', 'anna', 'Anna B.'])).code).toBe(0);
  expect((await runVerb(voicesVerb, ['list'])).output).toMatch(/^Anna B\.: /);
  expect((await runVerb(voicesVerb, ['remove', 'anna b.'])).code).toBe(0);
  expect(kept()).toEqual(['voices']);
  expect((await runVerb(voicesVerb, ['test', own])).output).toContain('No voice is known');
});

test('of too little speech nothing is kept', async () => {
  speakInto(withSilence(await speak('turn on the kitchen lights')), 'exit 0');
  await expect(runVerb(voicesVerb, ['add', 'anna', '--microphone', '--consent'])).rejects.toMatchObject({
    code: 'bad-audio',
    message: expect.stringContaining('10 s are needed'),
  });
  expect(kept()).toEqual([]);
});
