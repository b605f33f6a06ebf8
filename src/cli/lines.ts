import { HeedError } from '../errors.ts';

/** The longest line that is taken, as letters. */
export const maxLineLength = 1_000;

/**
 * Splits a stream of text into lines without their ends. A stream without a line end cannot fill the memory.
 * @throws HeedError `too-large` when a line is longer than `maxLineLength`
 */
export async function* linesOf(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of [...lines, rest]) checkLength(line);
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

function checkLength(line: string): void {
  if (line.length > maxLineLength)
    throw new HeedError(
      'too-large',
      `Phrases were expected, one a line, of at most ${maxLineLength} letters; a line of ${line.length} came.`,
    );
}
