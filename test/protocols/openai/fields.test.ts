import { expect, test } from 'vitest';
import { checkModel, namesIn, parseFields } from '../../../src/protocols/openai/fields.ts';

const form = (fields: Record<string, string | string[]>): Map<string, string[]> =>
  new Map(Object.entries(fields).map(([name, value]) => [name, [value].flat()]));

test('a form with only the model asks for JSON', () => {
  expect(parseFields(form({ model: 'whisper-1' }))).toEqual({
    model: 'whisper-1',
    response_format: 'json',
    temperature: 0,
  });
});

test('fields of other engines are ignored', () => {
  expect(
    parseFields(form({ model: 'whisper-1', stream: 'true', chunking_strategy: 'auto', 'include[]': 'logprobs' })),
  ).not.toHaveProperty('stream');
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

test.each(['whisper-1', 'base', 'whisper-base', 'openai/whisper-base'])('%s is the loaded model base', (name) => {
  expect(() => checkModel(name, 'base')).not.toThrow();
});

test.each(['gpt-4o-transcribe', 'openai/whisper-large-v3', 'tiny.en', ''])(
  '"%s" is not the loaded model base',
  (name) => {
    expect(() => checkModel(name, 'base')).toThrow(expect.objectContaining({ code: 'not-found' }));
  },
);

test.each<[string | undefined, string[]]>([
  [undefined, []],
  [
    'The talk is about Kubernetes and PostgreSQL. They meet at ZyntriQix with B3 and iPhone.',
    ['Kubernetes', 'PostgreSQL', 'ZyntriQix', 'B3', 'iPhone'],
  ],
  ['umm, let me think', []],
  ['Anna met Anna.', ['Anna']],
])('the names in %j are %j', (prompt, names) => {
  expect(namesIn(prompt)).toEqual(names);
});
