import { describe, expect, it, test } from 'vitest';
import { compileGrammar, wakeWordsOf } from '../../src/grammar/index.ts';
import { languageOf } from '../../src/language/index.ts';
import { hearWake, withoutWake } from '../../src/match/index.ts';
import type { Alternative, Transcript, WordScore } from '../../src/types.ts';

const { grammar } = compileGrammar([], { language: 'en' });
const wake = wakeWordsOf(['computer', 'jarvis', 'hey rosie'], languageOf('en'));

function scoresOf(text: string, lead = 0): WordScore[] {
  return [...text.split(' '), ''].map((word, i) => ({ word, logProbability: -1, lead: i === 0 ? lead : 0 }));
}

function reading(text: string, lead = 0): Alternative {
  const scores = scoresOf(text, lead);
  return { text, scores, plainScores: scores, logProbability: -scores.length, tokens: 2 * scores.length, endMs: 0 };
}

function heard(text: string, more: Partial<Transcript> = {}): Transcript {
  return {
    ...reading(text),
    segmentId: 's',
    words: text.split(' ').map((word) => ({ word, startMs: 0, endMs: 1, confidence: 1 })),
    language: 'en',
    confidence: 1,
    noSpeechProbability: 0,
    alternatives: [],
    audioMs: 2_000,
    inferenceMs: 1,
    ...more,
  };
}

const kindOf = (text: string, more: Partial<Transcript> = {}): string =>
  hearWake(heard(text, more), wake, grammar).kind;

describe('A wake phrase', () => {
  it.each([
    ['Computer.', 'alone'],
    ['Computer, um...', 'alone'],
    ['- Computer!', 'alone'],
    ['Okay, hey Rosie.', 'alone'],
    ['Computer, open the door.', 'command'],
    ['Hey computer open the door', 'command'],
    ['The computer, open the door.', 'none'],
    ['Rosie, open the door.', 'none'],
    ['Computers open the door.', 'none'],
    ['Open the door, computer.', 'none'],
    ['Hey.', 'none'],
    ['', 'none'],
  ])('in "%s": %s', (text, kind) => {
    expect(kindOf(text)).toBe(kind);
  });

  it.each([
    ['Javis, open the door.', 1, 'command'],
    ['Javis, open the door.', 2, 'none'],
    ['- Charvis.', 0.5, 'alone'],
    ['job is', 1, 'alone'],
    ['My Javis, open the door.', 0, 'none'],
    ['The Javis, open the door.', 0, 'none'],
    ['Harvey, open the door.', 0, 'none'],
    ['Characters.', 0, 'none'],
  ])('is taken from "%s" at a lead of %d nats: %s', (text, lead, kind) => {
    const said = text.startsWith('job') ? 'Jarvis.' : `Jarvis, ${text.split(' ').slice(1).join(' ')}`;
    expect(kindOf(text, { constrained: [reading(said, lead)] })).toBe(kind);
  });

  it('that is misspelled needs a constrained reading with scores of its own', () => {
    expect(kindOf('Javis.')).toBe('none');
    const { plainScores: _, ...prompted } = reading('Jarvis.');
    expect(kindOf('Javis.', { constrained: [prompted] })).toBe('none');
    expect(kindOf('Javis.', { constrained: [reading('Computer.')] })).toBe('none');
  });
});

test('what follows the wake phrase keeps its words, scores and further readings', () => {
  const result = hearWake(
    heard('Computer, open the door.', {
      prompted: reading('Computer, open a door.'),
      constrained: [reading('Computer, open the door.'), reading('Computer.'), reading('Open the door.')],
      brokenOff: [reading('computer, open')],
    }),
    wake,
    grammar,
  );
  expect(result).toMatchObject({
    phrase: 'computer',
    rest: {
      text: 'open the door.',
      logProbability: -4,
      tokens: 6,
      scores: scoresOf('open the door.'),
      prompted: { text: 'open a door.' },
      constrained: [{ text: 'open the door.', plainScores: scoresOf('open the door.') }, { text: 'Open the door.' }],
      brokenOff: [{ text: 'open' }],
    },
  });
  expect(result.kind === 'command' && result.rest.words.map(({ word }) => word)).toEqual(['open', 'the', 'door.']);
});

test.each([
  ['computer, open the door', 'open the door'],
  ['hey rosie open the door', 'open the door'],
  ['open the door', 'open the door'],
  ['computer', 'computer'],
])('the typed phrase "%s" is the command "%s"', (typed, phrase) => {
  expect(withoutWake(typed, wake, grammar)).toBe(phrase);
});
