import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WavChunksParser } from '../../../src/protocols/wav-chunks/parser.ts';
import { codeOf } from '../../server/code-of.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

function openParser(): WavChunksParser {
  const parser = new WavChunksParser();
  parser.open();
  return parser;
}

test.each([
  ['binary', new Uint8Array([1, 2, 3]), true],
  ['base64', utf8('AQID'), false],
  ['a data URL', utf8('data:audio/wav;base64,AQID'), false],
  ['a data URL with a codec', utf8('data:audio/wav;codecs=1;base64,AQID\n'), false],
])('audio as %s is bytes', (_, data, isBinary) => {
  expect(openParser().parse(data, isBinary)).toEqual({ type: 'audio', bytes: new Uint8Array([1, 2, 3]) });
});

test('the token may come before audio and after it', () => {
  const auth = utf8(' {"type":"auth","token":"t"}');
  expect(new WavChunksParser().parse(auth, false)).toEqual({ type: 'auth', token: 't' });
  expect(openParser().parse(auth, false)).toEqual({ type: 'auth', token: 't' });
});

test.each([
  ['binary audio before the token', new WavChunksParser(), new Uint8Array(44), true, 'unauthorized'],
  ['base64 audio before the token', new WavChunksParser(), utf8('AQID'), false, 'unauthorized'],
  ['a message without a token', new WavChunksParser(), utf8('{"type":"auth"}'), false, 'bad-message'],
  ['another message', openParser(), utf8('{"type":"start","token":"t"}'), false, 'bad-message'],
  ['broken JSON', openParser(), utf8('{"type":'), false, 'bad-message'],
  ['text that is nothing', openParser(), utf8('hello there'), false, 'bad-audio'],
])('%s is refused', (_, parser, data, isBinary, code) => {
  expect(codeOf(() => parser.parse(data, isBinary))).toBe(code);
});

test('whatever comes is the token, audio or a coded error, and never audio before the token', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.json().map(utf8),
        fc.base64String().map(utf8),
        fc.string().map((text) => utf8(`{${text}`)),
      ),
      fc.boolean(),
      fc.boolean(),
      (data, isBinary, isOpen) => {
        const parser = isOpen ? openParser() : new WavChunksParser();
        let type: string | undefined;
        const code = codeOf(() => {
          ({ type } = parser.parse(data, isBinary));
        });
        expect(code ?? type).toMatch(/^(auth|audio|bad-message|bad-audio|unauthorized)$/);
        if (!isOpen) expect(type).not.toBe('audio');
      },
    ),
  );
});
