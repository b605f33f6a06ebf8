import { expect, test } from 'vitest';
import { HeedError } from '../../src/errors.ts';
import type { NativeRead, NativeReading } from '../../src/transcribe/binding.ts';
import type { Engine } from '../../src/transcribe/engine.ts';
import { knownBytes } from '../../src/transcribe/known-bytes.ts';
import { knownSound, readKnownSound } from '../../src/transcribe/known-sound.ts';
import { humanSample } from '../speech.ts';

interface Read {
  text: string;
  nats?: number;
}

/** An engine that reads the known sound in one way and any other sound in another. */
function engine(known: Read, other: Read = known, backend = 'cpu'): Engine {
  let last = new Float32Array();
  const read = (_: unknown, { endSample }: NativeRead): { promise: Promise<NativeReading>; abort: () => void } => {
    const isKnown = last.length === endSample && last.every((sample, i) => sample === knownSound[i]);
    const { text, nats = -0.3 } = isKnown ? known : other;
    return { promise: Promise.resolve({ text, logProbability: 8 * nats, tokens: 8 } as NativeReading), abort: () => 0 };
  };
  const openAudio = (): ReturnType<Engine['openAudio']> => ({
    append: (samples) => (last = new Float32Array(samples)),
    length: 0,
    close: () => undefined,
  });
  return { backend, openAudio, read } as unknown as Engine;
}

async function verdict(tried: Engine, knowsWords: boolean): Promise<string> {
  return readKnownSound(tried, { knowsWords }).then(
    () => 'good',
    (error: unknown) => (error as HeedError).code,
  );
}

test.each<[string, Engine, string, string]>([
  ['reads the words', engine({ text: 'What your country can do for you.' }), 'good', 'good'],
  ['misses a word', engine({ text: 'And your country can do for you!' }), 'good', 'good'],
  ['reads nothing', engine({ text: '' }), 'bad-model', 'bad-model'],
  ['reads signs', engine({ text: '!!!!!!!!' }), 'bad-model', 'bad-model'],
  ['hears a noise', engine({ text: '[BANGING]' }, { text: '' }), 'bad-model', 'bad-model'],
  ['reads the same in every sound', engine({ text: 'Thank you.' }), 'bad-model', 'bad-model'],
  ['is unsure of all', engine({ text: 'gib wem', nats: -9 }, { text: 'a' }), 'bad-model', 'bad-model'],
  ['is sure of nothing', engine({ text: 'gib', nats: NaN }, { text: 'a' }), 'bad-model', 'bad-model'],
  ['knows another language', engine({ text: 'was du tust', nats: -1.5 }, { text: 'und' }), 'bad-model', 'good'],
  ['computes wrong on a GPU', engine({ text: '' }, { text: '' }, 'vulkan'), 'native-failed', 'native-failed'],
])('a model that %s', async (_, tried, ofCatalogue, own) => {
  expect([await verdict(tried, true), await verdict(tried, false)]).toEqual([ofCatalogue, own]);
});

test('the known sound is cut from the recording that it is said to be of, and small', async () => {
  expect(knownBytes.length).toBeLessThan(20_000);
  const recording = (await humanSample()).subarray(5_350 * 16);
  let [signal, noise] = [0, 0];
  knownSound.forEach((sample, i) => {
    signal += recording[i]! ** 2;
    noise += (sample - recording[i]!) ** 2;
  });
  expect(10 * Math.log10(signal / noise)).toBeGreaterThan(10);
});
