import { expect, test } from 'vitest';
import { loadSpoken, speakAll } from '../../bench/resemble/speech-cache.ts';
import { availableVoices } from '../../bench/resemble/voices.ts';
import { msToSamples } from '../../src/types.ts';

test('a sentence is spoken once and comes with silence around it', async () => {
  const [voice] = await availableVoices('en', () => undefined);
  const told: number[] = [];
  await speakAll(voice!, ['turn on the lights'], () => undefined);
  await speakAll(voice!, ['turn on the lights'], (done) => told.push(done));
  const samples = await loadSpoken(voice!, 'turn on the lights');
  expect(told).toEqual([]);
  expect(samples.subarray(0, msToSamples(300)).every((sample) => sample === 0)).toBe(true);
  expect(samples.some((sample) => Math.abs(sample) > 0.1)).toBe(true);
  expect(samples.length).toBeGreaterThan(msToSamples(1_000));
});

test('every language has at least two voices that come with the development packages', async () => {
  for (const language of ['en', 'fr', 'es']) {
    const there = await availableVoices(language, () => undefined);
    expect(there.filter(({ synthesizer }) => synthesizer.name === 'espeak').length).toBeGreaterThanOrEqual(2);
  }
});

test('a synthesizer that is not installed is left out and reported once, with its install command', async () => {
  const absent = {
    name: 'absent',
    install: 'apt-get install absent',
    version: async () => undefined,
    speak: async () => undefined,
  };
  const present = { ...absent, name: 'present', version: async () => '1.0' };
  const all = [absent, absent, present].map((synthesizer, index) => ({
    id: `${synthesizer.name}:${index}`,
    name: String(index),
    language: 'en',
    synthesizer,
  }));
  const told: string[] = [];
  expect((await availableVoices('en', (line) => told.push(line), all)).map(({ id }) => id)).toEqual(['present:2']);
  expect(told).toEqual([expect.stringMatching(/^absent .*apt-get install absent$/)]);
});
