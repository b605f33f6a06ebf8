import { HeedError } from '../errors.ts';

/** How deep JSON from outside may be nested, and how many texts, commas, colons and brackets it may have. */
const [maxDepth, maxParts] = [32, 25_000];

/**
 * Parses JSON from outside. Its shape is looked at first: whatever comes after this one, be it the parser, a schema or
 * a recursive function, gets nothing deep and nothing that is made of a million crumbs.
 * @throws HeedError `bad-message`
 */
export function parseJson(text: string): unknown {
  checkShape(text);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HeedError(
      'bad-message',
      'A text message must be one JSON object, such as {"type":"flush"}; this one is not JSON.',
      { cause },
    );
  }
}

function checkShape(text: string): void {
  let depth = 0;
  let parts = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '"':
        at = endOfString(text, at);
        break;
      case '{':
      case '[':
        depth++;
        break;
      case '}':
      case ']':
        depth--;
        break;
      case ',':
      case ':':
        break;
      default:
        continue;
    }
    if (depth > maxDepth) throw new HeedError('bad-message', `JSON of at most ${maxDepth} levels was expected.`);
    if (++parts > maxParts) throw new HeedError('bad-message', `JSON of at most ${maxParts} parts was expected.`);
  }
}

/** Returns where the string that begins at a quotation mark ends; the end of the text where it does not. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}
