import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/config/index.ts';
import { withoutCaptions } from '../../src/match/captions.ts';
import { hasEvidence } from '../../src/match/evidence.ts';
import type { Transcript } from '../../src/types.ts';

function heard(text: string, change: Partial<Transcript> = {}): Transcript {
  return {
    segmentId: 'a',
    text,
    words: [],
    language: 'en',
    confidence: 0.68,
    noSpeechProbability: 0.47,
    logProbability: -1.3,
    tokens: 3,
    endMs: 0,
    alternatives: [],
    audioMs: 900,
    inferenceMs: 0,
    ...change,
  };
}

/** What noise is read as. */
const noise = { confidence: 0.58, noSpeechProbability: 0.92, logProbability: -1.74, tokens: 2 };
const expected = (): boolean => true;

describe('A text was spoken', () => {
  it.each<[string, Transcript, boolean, boolean]>([
    ['a plain text', heard('Turn it on.'), true, true],
    ['a caption', heard('Okay.'), false, true],
    ['a caption that was clearly heard', heard('Okay.', { noSpeechProbability: 0.16, confidence: 0.87 }), true, true],
    [
      'a short word that the model doubts',
      heard('Stop!', { noSpeechProbability: 0.69, logProbability: -2.5 }),
      false,
      true,
    ],
    ['noise read as a caption', heard('you', noise), false, false],
    ['noise read as a word', heard('stop', noise), false, false],
    ['a text of improbable words', heard('Okay.', { confidence: 0.2 }), false, false],
    ['what is no word', heard('[BLANK_AUDIO]'), false, false],
    ['nothing', heard(''), false, false],
  ])('when it is %s, and when that is expected', (_, transcript, alone, whenExpected) => {
    expect(hasEvidence(transcript, defaultConfig.match)).toBe(alone);
    expect(hasEvidence(transcript, defaultConfig.match, expected)).toBe(whenExpected);
  });
});

it.each([
  ['[BLANK_AUDIO]', ''],
  ['(door closes) Turn on the light *sighs*', 'Turn on the light'],
  ['♪ ♪', ''],
  ['Turn on [BLANK_AU', 'Turn on'],
  ['Turn it on.', 'Turn it on.'],
])('The words of %j are %j', (text, words) => {
  expect(withoutCaptions(text)).toBe(words);
});
