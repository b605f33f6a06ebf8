import { HeedError } from '../errors.ts';

const dataUrlPrefix = /^data:[^,]{0,256};base64,/i;

/**
 * Decodes base64 text (RFC 4648 §4 and §5): the standard alphabet or the URL-safe one, with or without padding. A
 * `data:…;base64,` prefix, line breaks and white space around it are tolerated.
 * @throws HeedError `bad-audio` when the text contains anything else
 */
export function decodeBase64(text: string): Uint8Array {
  const body = text
    .trim()
    .replace(dataUrlPrefix, '')
    .replace(/\s*[\r\n]\s*/g, '');
  const [, digits, padding] = /^([A-Za-z0-9+/_-]*)(={0,2})$/.exec(body) ?? [];
  const isWhole =
    digits !== undefined && digits.length % 4 !== 1 && (padding === '' || (digits.length + padding!.length) % 4 === 0);
  if (!isWhole) {
    throw new HeedError(
      'bad-audio',
      `Audio as base64 text was expected, but ${body.length} characters came that are not base64. ` +
        'Send the standard or the URL-safe alphabet, or binary messages.',
    );
  }
  const bytes = Buffer.from(digits, 'base64');
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
