import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64 } from '../../src/audio/base64.ts';

describe('Base64', () => {
  it('gives back the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        for (const form of [
          text,
          ` ${text}\n`,
          `data:audio/wav;base64,${text}`,
          `DATA:audio/webm;codecs=opus;base64,${text}`,
          text.replace(/.{1,7}/g, '$&\r\n'),
          text.replace(/=+$/, ''),
          Buffer.from(bytes).toString('base64url'),
          text.replaceAll('+', '-').replaceAll('/', '_'),
        ])
          expect([...decodeBase64(form)]).toEqual([...bytes]);
      }),
    );
  });

  it.each([
    ['a'],
    ['abcde'],
    ['ab=c'],
    ['abc=='],
    ['a b='],
    ['!!!!'],
    ['data:audio/wav,YWJj'],
    ['{"type":"auth"}'],
    ['===='],
  ])('%j is refused', (text) => {
    expect(() => decodeBase64(text)).toThrow(expect.objectContaining({ code: 'bad-audio' }));
  });
});
