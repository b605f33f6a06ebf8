import { HeedError } from '../errors.ts';

const dataUrlPrefix = /^data:[^,]{0,256};base64,/i;

/**
 * Bytes of base64 text (RFC 4648 §4); a `data:…;base64,` prefix and white space around it are tolerated.
 * @throws HeedError `bad-audio` when anything else is in the text
 */
export function decodeBase64(text: string): Uint8Array {
  const body = text.trim().replace(dataUrlPrefix, '');
  if (body.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(body)) {
    throw new HeedError(
      'bad-audio',
      `Audio as base64 text was expected, ${body.length} characters came that are not base64. ` +
        'Send the standard alphabet with padding, or binary messages.',
    );
  }
  const bytes = Buffer.from(body, 'base64');
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
