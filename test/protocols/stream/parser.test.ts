import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventTypes } from '../../../src/events/index.ts';
import { StreamParser, type StreamInput } from '../../../src/protocols/stream/parser.ts';
import { codeOf } from '../../server/code-of.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const json = (value: unknown) => utf8(JSON.stringify(value));
const start = { type: 'start', token: 't' };
const withAudio = { ...start, audio: { encoding: 'wav' } };

/** Returns a parser that has taken these messages. */
function parserAfter(...messages: unknown[]): StreamParser {
  const parser = new StreamParser();
  for (const message of messages) parser.parse(json(message), false);
  return parser;
}

test.each([
  [start, start],
  [{ type: 'start' }, { type: 'start' }],
  [
    { ...start, active: [] },
    { ...start, active: [] },
  ],
  [
    { ...start, audio: { encoding: 'wav-chunks' } },
    { ...start, audio: { encoding: 'wav-chunks' } },
  ],
  [
    { ...start, audio: { encoding: 'pcm_s16le', sample_rate: 44_100, channels: 2 } },
    { ...start, audio: { encoding: 'pcm_s16le', sampleRate: 44_100, channels: 2 } },
  ],
  [
    { ...start, language: 'de', types: ['segment.final'] },
    { ...start, language: 'de', types: ['segment.final'] },
  ],
])('%j is a first message', (message, parsed) => {
  expect(new StreamParser().parse(json(message), false)).toEqual(parsed);
});

test.each([
  ['no JSON', utf8('start')],
  ['nothing', utf8('')],
  ['an array', json([start])],
  ['null', json(null)],
  ['another message', json({ type: 'say', text: 'Hello' })],
  ['an unknown field', json({ ...start, speaker: 'me' })],
  ['an unknown encoding', json({ ...start, audio: { encoding: 'opus' } })],
  ['raw audio without a rate', json({ ...start, audio: { encoding: 'pcm_s16le', channels: 1 } })],
  ['an impossible rate', json({ ...start, audio: { encoding: 'pcm_s16le', sample_rate: 1, channels: 1 } })],
  ['no channels', json({ ...start, audio: { encoding: 'pcm_s16le', sample_rate: 16_000, channels: 0 } })],
  ['a language in words', json({ ...start, language: 'English' })],
  ['an unknown type of event', json({ ...start, types: ['segment.maybe'] })],
])('a first message with %s is a bad message', (_, bytes) => {
  expect(codeOf(() => new StreamParser().parse(bytes, false))).toBe('bad-message');
});

test('the refusal names the field and where the protocol is described', () => {
  expect(() =>
    new StreamParser().parse(json({ ...start, audio: { encoding: 'pcm_s16le', sample_rate: 1, channels: 1 } }), false),
  ).toThrow(/audio\.sample_rate.*4000|docs\/protocol\.md.*audio\.sample_rate/);
});

test.each([
  [{ type: 'flush' }],
  [{ type: 'playing', playing: true }],
  [{ type: 'say', text: 'Hello' }],
  [{ type: 'answer', prompt_id: 'p', text: 'yes' }],
  [{ type: 'active', commands: ['lights'] }],
  [{ type: 'active', commands: null }],
  [{ type: 'contexts', contexts: ['music', 'slides'] }],
  [{ type: 'contexts', contexts: [] }],
  [{ type: 'end' }],
])('%j is accepted on a stream with and without audio', (message) => {
  expect(parserAfter(start).parse(json(message), false)).toEqual(message);
  expect(parserAfter(withAudio).parse(json(message), false)).toEqual(message);
});

test('audio is bytes, whether it came as binary or as base64', () => {
  const audio = { type: 'audio', bytes: new Uint8Array([1, 2, 3]) };
  expect(parserAfter(withAudio).parse(audio.bytes, true)).toEqual(audio);
  expect(parserAfter(withAudio).parse(json({ type: 'audio', data: 'AQID' }), false)).toEqual(audio);
});

test.each([
  ['audio before the start', [], new Uint8Array(4), true, 'bad-message'],
  ['audio on a stream of phrases', [start], new Uint8Array(4), true, 'bad-message'],
  ['a second start', [start], json(start), false, 'bad-message'],
  ['an empty phrase', [start], json({ type: 'say', text: '  ' }), false, 'bad-message'],
  ['a phrase of a novel', [start], json({ type: 'say', text: 'x'.repeat(1_001) }), false, 'bad-message'],
  ['no list of contexts', [start], json({ type: 'contexts', contexts: null }), false, 'bad-message'],
  ['a context of a novel', [start], json({ type: 'contexts', contexts: ['x'.repeat(101)] }), false, 'bad-message'],
  [
    'a thousand and one contexts',
    [start],
    json({ type: 'contexts', contexts: Array(1_001).fill('x') }),
    false,
    'bad-message',
  ],
  ['audio that is not base64', [withAudio], json({ type: 'audio', data: '%%%' }), false, 'bad-audio'],
  ['audio after the end', [withAudio, { type: 'end' }], new Uint8Array(4), true, 'bad-message'],
  ['a phrase after the end', [withAudio, { type: 'end' }], json({ type: 'say', text: 'Hello' }), false, 'bad-message'],
  ['a second end', [start, { type: 'end' }], json({ type: 'end' }), false, 'bad-message'],
] as const)('%s is refused', (_, before, bytes, isBinary, code) => {
  expect(codeOf(() => parserAfter(...before).parse(bytes, isBinary))).toBe(code);
});

test('a question may be answered after the end', () => {
  const answer = { type: 'answer', prompt_id: 'p', text: 'yes' };
  expect(parserAfter(start, { type: 'end' }).parse(json(answer), false)).toEqual(answer);
});

const bytes = fc.uint8Array({ maxLength: 300 });
const nearMessage = fc
  .record(
    {
      type: fc.oneof(fc.constantFrom('start', 'audio', 'flush', 'say', 'answer', 'end'), fc.string()),
      token: fc.jsonValue(),
      audio: fc.jsonValue(),
      text: fc.jsonValue(),
      data: fc.jsonValue(),
      prompt_id: fc.jsonValue(),
      types: fc.subarray([...eventTypes]),
    },
    { requiredKeys: ['type'] },
  )
  .map(json);
const message = fc.tuple(
  fc.oneof(
    bytes,
    fc.json().map(utf8),
    nearMessage,
    fc.constantFrom(json(start), json(withAudio), json({ type: 'end' })),
  ),
  fc.boolean(),
);

test('whatever comes in whatever order is a message or a coded error, and audio never precedes the start', () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 12 }), (messages) => {
      const parser = new StreamParser();
      const taken: StreamInput[] = [];
      for (const [data, isBinary] of messages) {
        const code = codeOf(() => taken.push(parser.parse(data, isBinary)));
        expect([undefined, 'bad-message', 'bad-audio']).toContain(code);
      }
      if (taken.length > 0) expect(taken[0]!.type).toBe('start');
      expect(taken.filter(({ type }) => type === 'start').length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 300 },
  );
});

test.each(['[', '{"a":'])('a message that consists only of %s is refused, however deep', (part) => {
  expect(codeOf(() => new StreamParser().parse(utf8(part.repeat(200_000)), false))).toBe('bad-message');
});
