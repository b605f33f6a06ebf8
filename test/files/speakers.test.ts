import { describe, expect, test } from 'vitest';
import {
  formatTranscript,
  toChunksJson,
  withSpeakers,
  type FileSegment,
  type FileTranscript,
  type SpeakerTurn,
} from '../../src/files/index.ts';

const common = { language: 'en', confidence: 0.9, noSpeechProbability: 0.01, meanLogProbability: -0.2 };

/** A sentence whose words last 500 ms each. */
function sentence(startMs: number, text: string): FileSegment {
  const words = text.split(' ').map((word, i) => ({
    word,
    startMs: startMs + 500 * i,
    endMs: startMs + 500 * (i + 1),
    confidence: 1,
  }));
  return { startMs, endMs: words.at(-1)!.endMs, text, words, ...common };
}

function turn(speaker: string, startMs: number, endMs: number): SpeakerTurn {
  return { speaker, startMs, endMs };
}

const texts = (segments: FileSegment[]): string[] => segments.map(({ speaker, text }) => `${speaker}: ${text}`);

describe('words get their speakers', () => {
  test('and a sentence is cut where another person goes on speaking', () => {
    const said = withSpeakers([sentence(0, 'Shall we go, yes let us')], [turn('a', 0, 1_600), turn('b', 1_600, 3_000)]);
    expect(texts(said)).toEqual(['a: Shall we go,', 'b: yes let us']);
    expect(said.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 1_500],
      [1_500, 3_000],
    ]);
    expect(said[1]!.words.map(({ word, speaker }) => [word, speaker])).toEqual([
      ['yes', 'b'],
      ['let', 'b'],
      ['us', 'b'],
    ]);
  });

  test('but not for a word that is shorter than a change of voice', () => {
    const said = sentence(0, 'Shall we go there');
    said.words[0]!.endMs = 300;
    said.words[1]!.startMs = 300;
    expect(texts(withSpeakers([said], [turn('a', 0, 300), turn('b', 300, 2_000)]))).toEqual(['b: Shall we go there']);
  });

  test('a short answer that is a sentence of its own keeps its speaker', () => {
    const answer: FileSegment = {
      ...sentence(1_000, 'Yes.'),
      endMs: 1_200,
      words: [{ word: 'Yes.', startMs: 1_000, endMs: 1_200, confidence: 1 }],
    };
    const turns = [turn('a', 0, 1_000), turn('b', 1_000, 1_200), turn('a', 1_200, 3_000)];
    expect(texts(withSpeakers([sentence(0, 'Is it?'), answer, sentence(1_200, 'Good then')], turns))).toEqual([
      'a: Is it?',
      'b: Yes.',
      'a: Good then',
    ]);
  });

  test('whoever speaks longest within it; where both do, the word is marked', () => {
    const [said] = withSpeakers([sentence(0, 'hello there')], [turn('a', 0, 1_000), turn('b', 100, 500)]);
    expect(said!.words).toMatchObject([{ speaker: 'a', isOverlap: true }, { speaker: 'a' }]);
    expect(said!.words[1]).not.toHaveProperty('isOverlap');
  });

  test('where nobody was heard, whoever speaks nearest to it', () => {
    const turns = [turn('a', 0, 1_000), turn('b', 8_000, 9_000)];
    expect(texts(withSpeakers([sentence(2_000, 'what'), sentence(7_000, 'now')], turns))).toEqual([
      'a: what',
      'b: now',
    ]);
  });

  test('none, where nobody was heard at all', () => {
    const [said] = withSpeakers([sentence(0, 'hello there')], []);
    expect(said).toEqual(sentence(0, 'hello there'));
  });

  test('also far into a long file', () => {
    const turns = Array.from({ length: 5_000 }, (_, i) => turn(i % 2 === 0 ? 'a' : 'b', 7_000 * i, 7_000 * (i + 1)));
    const said = withSpeakers([sentence(34_993_000, 'the very last words')], turns);
    expect(texts(said)).toEqual(['b: the very last words']);
  });

  test('a segment without words has the speaker of its time', () => {
    const [said] = withSpeakers([{ ...sentence(0, 'hm'), words: [] }], [turn('a', 0, 1_000)]);
    expect(said).toMatchObject({ speaker: 'a', text: 'hm' });
  });

  test('in a script without spaces the text is cut, too', () => {
    const words = ['你好。', '再见。'].map((word, i) => ({
      word,
      startMs: 500 * i,
      endMs: 500 * (i + 1),
      confidence: 1,
    }));
    const said = withSpeakers([{ ...sentence(0, '你好。再见。'), words }], [turn('a', 0, 500), turn('b', 500, 1_000)]);
    expect(texts(said)).toEqual(['a: 你好。', 'b: 再见。']);
  });
});

describe('formats name who speaks', () => {
  const turns = [turn('Anna & Bo', 0, 1_000), turn('speaker1', 1_000.4, 2_000)];
  const segments = withSpeakers([sentence(0, 'Hello there.'), sentence(1_000, 'Hi <all>.')], turns);
  const transcript: FileTranscript = { durationMs: 2_100, language: 'en', segments, turns };

  test('SubRip in the text', () => {
    expect(formatTranscript(transcript, { format: 'srt' })).toContain('00:00:01,000\nAnna & Bo: Hello there.\n');
  });

  test('WebVTT in voice tags', () => {
    const text = formatTranscript(transcript, { format: 'vtt' });
    expect(text).toContain('00:00:01.000\n<v Anna &amp; Bo>Hello there.\n');
    expect(text).toContain('<v speaker1>Hi &lt;all&gt;.\n');
  });

  test('text at the start of a line', () => {
    expect(formatTranscript(transcript, { format: 'text' })).toBe('Anna & Bo: Hello there.\nspeaker1: Hi <all>.\n');
    const one = { ...transcript, segments: withSpeakers(transcript.segments, [turn('a', 0, 3_000)]) };
    expect(formatTranscript(one, { format: 'text' })).toBe('a: Hello there. Hi <all>.\n');
  });

  test('RTTM without spaces in names', () => {
    expect(formatTranscript(transcript, { format: 'rttm', recording: 'my talk' })).toBe(
      'SPEAKER my_talk 1 0.000 1.000 <NA> <NA> Anna_&_Bo <NA> <NA>\n' +
        'SPEAKER my_talk 1 1.000 1.000 <NA> <NA> speaker1 <NA> <NA>\n',
    );
  });

  test("insanely-fast-whisper's output in a list of its own", () => {
    expect(toChunksJson(transcript, 'segment')).toEqual({
      speakers: [
        { speaker: 'Anna & Bo', timestamp: [0, 1], text: ' Hello there.' },
        { speaker: 'speaker1', timestamp: [1, 2], text: ' Hi <all>.' },
      ],
      chunks: [
        { timestamp: [0, 1], text: ' Hello there.' },
        { timestamp: [1, 2], text: ' Hi <all>.' },
      ],
      text: 'Hello there. Hi <all>.',
    });
  });

  test("OpenAI's diarized JSON in each segment", () => {
    expect(JSON.parse(formatTranscript(transcript, { format: 'diarized_json' }))).toEqual({
      task: 'transcribe',
      duration: 2.1,
      text: 'Hello there. Hi <all>.',
      segments: [
        {
          type: 'transcript.text.segment',
          id: 'seg_001',
          start: 0,
          end: 1,
          text: 'Hello there.',
          speaker: 'Anna & Bo',
        },
        { type: 'transcript.text.segment', id: 'seg_002', start: 1, end: 2, text: 'Hi <all>.', speaker: 'speaker1' },
      ],
      usage: { type: 'duration', seconds: 3 },
    });
  });

  test('verbose JSON in segments and words', () => {
    const verbose = JSON.parse(
      formatTranscript(transcript, { format: 'verbose_json', timestamps: ['segment', 'word'] }),
    ) as { segments: object[]; words: object[] };
    expect(verbose.segments[0]).toMatchObject({ speaker: 'Anna & Bo' });
    expect(verbose.words[2]).toMatchObject({ word: 'Hi', speaker: 'speaker1' });
  });
});
