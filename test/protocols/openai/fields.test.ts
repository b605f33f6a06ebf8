import { expect, test } from 'vitest';
import { namesIn, parseFields } from '../../../src/protocols/openai/fields.ts';
import { checkModel, listedModels } from '../../../src/protocols/openai/models.ts';

const form = (fields: Record<string, string | string[]>): Map<string, string[]> =>
  new Map(Object.entries(fields).map(([name, value]) => [name, [value].flat()]));

const defaults = {
  response_format: 'json',
  temperature: 0,
  stream: false,
  include: [],
  known_speaker_names: [],
  known_speaker_references: [],
};

test('a form with only the model asks for JSON', () => {
  expect(parseFields(form({ model: 'whisper-1' }))).toEqual({ model: 'whisper-1', ...defaults });
});

test.each<[string, Record<string, string>]>([
  ['empty', { language: '', response_format: '', prompt: '', temperature: '', stream: '', 'include[]': '' }],
  ['blank', { language: ' ', response_format: ' ', prompt: ' ', temperature: ' ', timestamp_granularities: ' ' }],
  ['automatic', { language: 'auto', response_format: 'auto', temperature: 'AUTO' }],
  ['of other engines', { chunking_strategy: 'auto', 'chunking_strategy[type]': 'server_vad', user: 'me' }],
])('fields that are %s change nothing', (_, fields) => {
  expect(parseFields(form({ model: 'whisper-1', ...fields }))).toMatchObject(defaults);
  expect(parseFields(form({ model: 'whisper-1', ...fields }))).not.toHaveProperty('language');
});

test.each([
  ['en', 'en'],
  ['en-US', 'en'],
  ['DE', 'de'],
  ['zh_Hant_TW', 'zh'],
])('the language %s is %s', (written, code) => {
  expect(parseFields(form({ model: 'whisper-1', language: written })).language).toBe(code);
});

test('a stream and log-probabilities can be asked for', () => {
  expect(parseFields(form({ model: 'whisper-1', stream: 'true', 'include[]': ['logprobs'] }))).toMatchObject({
    stream: true,
    include: ['logprobs'],
  });
});

test.each(['timestamp_granularities[]', 'timestamp_granularities'])(
  'both kinds of times can be asked for as %s',
  (name) => {
    expect(
      parseFields(form({ model: 'whisper-1', response_format: 'verbose_json', [name]: ['word', 'segment'] }))
        .timestamp_granularities,
    ).toEqual(['word', 'segment']);
  },
);

test.each<[string, Record<string, string | string[]>, RegExp]>([
  ['without a model', {}, /model/],
  ['with an unknown format', { model: 'whisper-1', response_format: 'docx' }, /response_format/],
  ['with the name of a language', { model: 'whisper-1', language: 'English' }, /ISO 639-1/],
  ['with a temperature above 1', { model: 'whisper-1', temperature: '2' }, /temperature/],
  ['with a temperature that is no number', { model: 'whisper-1', temperature: 'warm' }, /temperature/],
  ['that wants a stream of subtitles', { model: 'whisper-1', stream: 'true', response_format: 'srt' }, /json or text/],
  ['with a stream that is neither on nor off', { model: 'whisper-1', stream: 'maybe' }, /stream/],
  ['with an endless prompt', { model: 'whisper-1', prompt: 'x'.repeat(10_001) }, /prompt/],
  [
    'with times of syllables',
    { model: 'whisper-1', response_format: 'verbose_json', 'timestamp_granularities[]': 'syllable' },
    /timestamp_granularities/,
  ],
  [
    'with times in a format without room for them',
    { model: 'whisper-1', response_format: 'srt', 'timestamp_granularities[]': 'word' },
    /verbose_json/,
  ],
])('a form %s is refused', (_title, fields, message) => {
  expect(() => parseFields(form(fields))).toThrow(
    expect.objectContaining({ code: 'bad-message', message: expect.stringMatching(message) }),
  );
});

test.each([
  'whisper-1',
  'gpt-4o-transcribe',
  'gpt-4o-mini-transcribe',
  'gpt-4o-mini-transcribe-2025-12-15',
  'base',
  'whisper-base',
  'openai/whisper-base',
])('%s is the loaded model base', (name) => {
  expect(() => checkModel(name, 'base')).not.toThrow();
});

test('the loaded model is listed first, then the names that stand for it', () => {
  expect(listedModels('base').map(({ id }) => id)).toEqual([
    'base',
    'whisper-1',
    'gpt-4o-transcribe',
    'gpt-4o-mini-transcribe',
    'gpt-4o-transcribe-diarize',
  ]);
});

test.each(['gpt-4o', 'openai/whisper-large-v3', 'tiny.en', ''])('"%s" is not the loaded model base', (name) => {
  expect(() => checkModel(name, 'base')).toThrow(expect.objectContaining({ code: 'not-found' }));
});

test.each<[string | undefined, string[]]>([
  [undefined, []],
  [
    'The talk is about Kubernetes and PostgreSQL. They meet at ZyntriQix with B3 and iPhone.',
    ['Kubernetes', 'PostgreSQL', 'ZyntriQix', 'B3', 'iPhone'],
  ],
  ['umm, let me think', []],
  ['Anna met Anna.', ['Anna']],
  ['see\n\t Berlin, (Paris) and Rome? Oslo', ['Paris', 'Rome']],
])('the names in %j are %j', (prompt, names) => {
  expect(namesIn(prompt)).toEqual(names);
});
