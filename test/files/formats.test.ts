import { expect, test } from 'vitest';
import { formatTranscript, toChunksJson, type FileTranscript } from '../../src/files/index.ts';

const common = { language: 'en', confidence: 0.9, noSpeechProbability: 0.01, meanLogProbability: -0.2 };
const transcript: FileTranscript = {
  durationMs: 3_723_500,
  language: 'en',
  segments: [
    {
      startMs: 500,
      endMs: 1_250,
      text: 'Salt & <pepper>.',
      words: [
        { word: 'Salt', startMs: 500, endMs: 800, confidence: 1 },
        { word: '&', startMs: 800, endMs: 900, confidence: 1 },
        { word: '<pepper>.', startMs: 900, endMs: 1_250, confidence: 1 },
      ],
      ...common,
    },
    {
      startMs: 3_722_001.4,
      endMs: 3_723_000,
      text: 'Yes.',
      words: [{ word: 'Yes.', startMs: 3_722_001.4, endMs: 3_723_000, confidence: 1 }],
      ...common,
    },
  ],
};

test('text and json contain only the text', () => {
  expect(formatTranscript(transcript, { format: 'text' })).toBe('Salt & <pepper>. Yes.\n');
  expect(JSON.parse(formatTranscript(transcript, { format: 'json' }))).toEqual({
    text: 'Salt & <pepper>. Yes.',
    usage: { type: 'duration', seconds: 3_724 },
  });
});

test('SubRip numbers its cues', () => {
  expect(formatTranscript(transcript, { format: 'srt' })).toBe(
    '1\n00:00:00,500 --> 00:00:01,250\nSalt & <pepper>.\n\n2\n01:02:02,001 --> 01:02:03,000\nYes.\n\n',
  );
});

test('WebVTT escapes what it would read as markup', () => {
  expect(formatTranscript(transcript, { format: 'vtt' })).toBe(
    'WEBVTT\n\n00:00:00.500 --> 00:00:01.250\nSalt &amp; &lt;pepper&gt;.\n\n01:02:02.001 --> 01:02:03.000\nYes.\n\n',
  );
});

test('subtitles can have one cue per word', () => {
  expect(formatTranscript(transcript, { format: 'srt', timestamps: ['word'] }).match(/-->/g)).toHaveLength(4);
});

test('verbose JSON has the times that were asked for', () => {
  const verbose = (timestamps?: ('word' | 'segment')[]) =>
    JSON.parse(
      formatTranscript(transcript, {
        format: 'verbose_json',
        task: 'translate',
        ...(timestamps ? { timestamps } : {}),
      }),
    ) as Record<string, unknown>;
  expect(verbose()).toMatchObject({
    task: 'translate',
    language: 'english',
    duration: 3723.5,
    text: 'Salt & <pepper>. Yes.',
  });
  expect(verbose()).not.toHaveProperty('words');
  expect(verbose()['segments']).toEqual([
    expect.objectContaining({
      id: 0,
      seek: 50,
      start: 0.5,
      end: 1.25,
      text: ' Salt & <pepper>.',
      avg_logprob: -0.2,
      no_speech_prob: 0.01,
    }),
    expect.objectContaining({ id: 1, start: 3722.001, end: 3723 }),
  ]);
  expect(verbose(['word'])).not.toHaveProperty('segments');
  expect(verbose(['word'])['words']).toContainEqual({ word: 'Yes.', start: 3722.001, end: 3723 });
});

test("insanely-fast-whisper's file has chunks of sentences or words", () => {
  expect(toChunksJson(transcript, 'segment')).toEqual({
    speakers: [],
    text: 'Salt & <pepper>. Yes.',
    chunks: [
      { timestamp: [0.5, 1.25], text: ' Salt & <pepper>.' },
      { timestamp: [3722.001, 3723], text: ' Yes.' },
    ],
  });
  expect(toChunksJson(transcript, 'word')).toMatchObject({
    chunks: { length: 4, 0: { timestamp: [0.5, 0.8], text: ' Salt' } },
  });
});

test('a file without speech is an empty transcript in every format', () => {
  const silent = { durationMs: 1_000, language: 'auto', segments: [] };
  expect(formatTranscript(silent, { format: 'text' })).toBe('\n');
  expect(formatTranscript(silent, { format: 'srt' })).toBe('');
  expect(formatTranscript(silent, { format: 'vtt' })).toBe('WEBVTT\n\n');
  expect(JSON.parse(formatTranscript(silent, { format: 'verbose_json' }))).toMatchObject({ text: '', segments: [] });
});
