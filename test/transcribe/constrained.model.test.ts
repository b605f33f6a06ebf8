import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadAddon } from '../../src/platform/load-addon.ts';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar, list, text } from '../../src/grammar/index.ts';
import { Matcher, understandTranscript } from '../../src/match/index.ts';
import { ensureModel } from '../../src/models/index.ts';
import type { NativeAddon, NativeEngine, NativeReading } from '../../src/transcribe/binding.ts';
import { command, house } from '../grammar/commands.ts';
import { humanSample, mix, speak, whiteNoise } from '../speech.ts';
import { readNatively } from './read-natively.ts';

let engine: NativeEngine;

beforeAll(async () => {
  engine = await loadAddon<NativeAddon>('heed').load(await ensureModel('tiny.en', defaultConfig.models), {
    readers: 1,
    maxQueue: 8,
    gpu: false,
  });
});

afterAll(() => engine.close());

async function read(
  samples: Float32Array,
  commands: typeof house,
  beam = 15,
): Promise<{ reading: NativeReading; matcher: Matcher }> {
  const { grammar } = compileGrammar(commands, { language: 'en' });
  const reading = await readNatively(engine, samples, { words: false, beam, graph: grammar.graph });
  return { reading, matcher: new Matcher(grammar, defaultConfig.match) };
}

function inNoise(samples: Float32Array, snrDb: number): Float32Array {
  return mix(samples, whiteNoise(samples.length), snrDb);
}

test.each([
  ['a clear command', () => speak('Set the kitchen lights to fifty percent.')],
  ['a command in noise', async () => inNoise(await speak('Turn off the lights please.'), 3)],
  ['a command of numbers', async () => inNoise(await speak('Start a timer for one hour and five minutes.'), 5)],
  ['a command with free words', () => speak('Remind me to water the plants tomorrow.')],
  ['other speech', () => humanSample()],
])('Whatever is heard in %s, the constrained reading is a command', async (_, make) => {
  const { reading, matcher } = await read(await make(), house);
  for (const { text: heard } of reading.constrained!)
    expect(matcher.grammar.walk(matcher.grammar.tokenize(heard)).parses, heard).not.toHaveLength(0);
});

test('The constrained reading finds what the free reading loses in noise', async () => {
  const samples = inNoise(await speak('Set the kitchen lights to fifty percent.'), 12);
  const { reading, matcher } = await read(samples, house);
  const { candidates, match } = understandTranscript(matcher, {
    segmentId: 'noisy',
    audioMs: samples.length / 16,
    ...reading,
  });
  expect(match ?? candidates[0]).toMatchObject({ command: 'brightness' });
});

test('Without a mask the constrained reading equals the free one, token for token', async () => {
  const anything = [command('anything', ['{words}'], { slots: { words: text({ maxWords: 60 }) } })];
  for (const samples of [
    inNoise(await humanSample(), 8),
    inNoise(await speak('The quick brown fox jumps over the lazy dog.'), 4),
  ]) {
    const { reading } = await read(samples, anything, 1);
    // Every beginning of the text is a phrase too. The whole text has the probability of all its spellings.
    const whole = reading.constrained!.find((constrained) => constrained.text === reading.text);
    expect(whole).toMatchObject({ tokens: reading.tokens, endMs: reading.endMs });
    expect(whole!.logProbability).toBeGreaterThan(reading.logProbability - 0.05);
  }
});

test('A list of 100,000 values is read in seconds', async () => {
  const songs = Array.from({ length: 100_000 }, (_, i) => `song ${['red', 'blue', 'green', 'black'][i % 4]!} ${i}`);
  const { reading, matcher } = await read(await speak('Play song blue forty one.'), [
    command('play', ['play {song}'], { slots: { song: list([...songs, 'yesterday']) } }),
  ]);
  expect(matcher.match(reading.constrained![0]!.text).match?.command).toBe('play');
});

test('Wrong arguments are refused before they reach the engine', () => {
  const audio = engine.openAudio();
  const options = {
    priority: 0,
    endSample: 1_600,
    language: 'en',
    translate: false,
    nBest: 1,
    words: false,
    positions: 0,
    threads: 1,
    beam: 5,
  } as const;
  expect(() => engine.read(audio, options)).toThrow(expect.objectContaining({ code: 'bad-audio' }));
  audio.append(new Float32Array(3_200));
  const wrong: [object, string][] = [
    [{ endSample: 3_201 }, 'bad-message'],
    [{ endSample: Number.NaN }, 'bad-message'],
    [{ language: 'xx' }, 'bad-message'],
    [{ language: 'de' }, 'bad-message'],
    [{ translate: true }, 'bad-message'],
    [{ nBest: 9 }, 'bad-message'],
    [{ beam: 0 }, 'bad-message'],
    [{ positions: 1_501 }, 'bad-message'],
    [{ positions: 3 }, 'bad-message'],
    [{ graph: { id: 'x' } }, 'bad-message'],
    [
      {
        graph: {
          id: 'y',
          words: ['a'],
          start: 0,
          arcStart: Uint32Array.of(0, 1),
          arcKind: Uint8Array.of(0),
          arcLabel: Uint32Array.of(7),
          arcTarget: Uint32Array.of(0),
          final: Uint8Array.of(1),
        },
      },
      'bad-message',
    ],
  ];
  for (const [change, code] of wrong)
    expect(() => engine.read(audio, { ...options, ...change }), JSON.stringify(change)).toThrow(
      expect.objectContaining({ code }),
    );
  expect(() => audio.append(Float32Array.of(Number.NaN))).toThrow(expect.objectContaining({ code: 'bad-audio' }));
  expect(() => audio.append(new Float32Array(31 * 16_000))).toThrow(
    expect.objectContaining({ code: 'audio-too-long' }),
  );
  audio.close();
  expect(() => engine.read(audio, options)).toThrow(expect.objectContaining({ code: 'closed' }));
});
