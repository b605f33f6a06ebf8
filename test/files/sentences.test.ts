import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toSentences } from '../../src/files/sentences.ts';
import type { Word } from '../../src/types.ts';

/** Makes the words of a text, one every 300 ms; `|` stands for a pause of 2 s. */
function spoken(marked: string): { text: string; words: Word[] } {
  let atMs = 0;
  const words = marked.split(' ').flatMap((word) => {
    if (word === '|') {
      atMs += 2_000;
      return [];
    }
    atMs += 300;
    return [{ word, startMs: atMs - 300, endMs: atMs, confidence: 0.9 }];
  });
  return { text: words.map(({ word }) => word).join(' '), words };
}

const cut = (marked: string): string[] => {
  const { text, words } = spoken(marked);
  return toSentences(text, words).map((sentence) => sentence.text);
};

test.each<[string, string, string[]]>([
  ['the end of a sentence', 'It rains. We stay.', ['It rains.', 'We stay.']],
  ['a question in quotes', 'He said "why?" Then he left.', ['He said "why?"', 'Then he left.']],
  ['no abbreviation', 'Mr. Smith met Dr. Jones.', ['Mr. Smith met Dr. Jones.']],
  ['a long pause', 'this goes | on later', ['this goes', 'on later']],
  [
    'a comma near the middle of a long sentence',
    'the committee met on the last day of the long month, because nobody could come on any of the days before',
    ['the committee met on the last day of the long month,', 'because nobody could come on any of the days before'],
  ],
])('a text is cut at %s', (_title, marked, expected) => {
  expect(cut(marked)).toEqual(expected);
});

test('a text without spaces keeps having none', () => {
  const words = ['今日は', '雨です。', '家に', 'います。'].map((word, index) => ({
    word,
    startMs: index * 500,
    endMs: index * 500 + 500,
    confidence: 1,
  }));
  expect(toSentences('今日は雨です。家にいます。', words).map(({ text }) => text)).toEqual([
    '今日は雨です。',
    '家にいます。',
  ]);
});

test('a sentence without spaces that is one word is cut at its marks, and its time shared', () => {
  const word = { word: '今日は雨です。家にいます。', startMs: 1_000, endMs: 2_300, confidence: 1 };
  expect(toSentences(word.word, [word]).map(({ text, words }) => [text, words[0]!.startMs, words[0]!.endMs])).toEqual([
    ['今日は雨です。', 1_000, 1_700],
    ['家にいます。', 1_700, 2_300],
  ]);
});

test('no word is lost, whatever the text', () => {
  const word = fc.constantFrom('a', 'word', 'end.', 'and,', '|', 'Mr.', 'extraordinarily', '…', '7');
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 80 }), (marked) => {
      const { text, words } = spoken(marked.join(' '));
      const sentences = toSentences(text, words);
      expect(sentences.flatMap((sentence) => sentence.words)).toEqual(words);
      expect(sentences.map((sentence) => sentence.text).join(' ')).toBe(text);
      for (const { words: part } of sentences)
        expect(part.length === 1 || part.map((each) => each.word).join(' ').length <= 84).toBe(true);
    }),
  );
});
