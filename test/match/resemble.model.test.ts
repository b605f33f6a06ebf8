/**
 * The shipped commands, spoken by a synthesizer and read by the default model: what resembles a command and is none
 * must run nothing.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { compileGrammar } from '../../src/grammar/index.ts';
import { Matcher, understandTranscript, type MatchResult } from '../../src/match/index.ts';
import { ensureModel } from '../../src/models/index.ts';
import { Registry } from '../../src/registry/index.ts';
import { createTranscriber, type Transcriber } from '../../src/transcribe/index.ts';
import { speak, withSilence } from '../speech.ts';

let transcriber: Transcriber;
let matcher: Matcher;

beforeAll(async () => {
  const registry = new Registry({ language: 'en' });
  await registry.load('commands');
  matcher = new Matcher(
    compileGrammar(registry.commands, { language: 'en', chain: true }).grammar,
    defaultConfig.match,
  );
  const { model } = defaultConfig.transcribe;
  transcriber = await createTranscriber(
    { ...defaultConfig.transcribe, engine: 'in-process', workers: 1 },
    await ensureModel(model, defaultConfig.models),
  );
});

afterAll(() => transcriber.close());

async function hear(sentence: string, voice = 'en-us'): Promise<MatchResult> {
  const samples = withSilence(await speak(sentence, { voice, rate: 140 }), { beforeMs: 200, afterMs: 200 });
  const audio = transcriber.open('test');
  try {
    audio.append(samples);
    const { graph } = matcher.grammar;
    return understandTranscript(
      matcher,
      await audio.read({ segmentId: 's', priority: 'final', language: 'en', words: true, grammar: graph }),
    );
  } finally {
    audio.close();
  }
}

describe('A sentence that resembles a command and is none', () => {
  test.each([
    "Don't turn on the kitchen lights.",
    'Turn on the kitchen lights in ten minutes.',
    'Close the blinds if the sun is too strong.',
    'Is the kitchen light on?',
    'The kitchen lights are at fifty percent.',
    'The lights are on.',
    'Set the kitchen lights to one hundred and fifty percent.',
    'Set a timer for three thousand six hundred hours.',
    'Take it back to the shop.',
    'She closed the blinds in the office this morning.',
    'Turn on the bathroom lights.',
    'Turn the lights off later.',
  ])('runs nothing: %s', async (sentence) => {
    const { match, reason } = await hear(sentence);
    expect(match).toBeUndefined();
    expect(reason).toBeTruthy();
  });
});

describe('A command', () => {
  test.each([
    ['Turn on the kitchen lights.', 'lights', { on: true, room: 'kitchen' }],
    ['Close the blinds in the office.', 'blinds', { move: 'close', room: 'office' }],
    ['Set the kitchen lights to fifty percent.', 'brightness', { room: 'kitchen', level: 50 }],
    ['Set a timer for five minutes.', 'timer', { time: 300 }],
  ])('is understood: %s', async (sentence, command, args) => {
    expect((await hear(sentence)).match).toMatchObject({ command, args });
  });

  test('runs with another one in the same breath', async () => {
    const { match, also } = await hear('Turn on the kitchen lights and close the office blinds.');
    expect([match, ...(also ?? [])].map((each) => each?.command)).toEqual(['lights', 'blinds']);
  });

  test('that breaks off asks for what it lacks', async () => {
    expect((await hear('Set the kitchen lights to')).beginning).toMatchObject({ args: { room: 'kitchen' } });
  });
});
