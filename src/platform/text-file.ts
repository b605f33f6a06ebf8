import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/**
 * Returns the text of a file as people wrote it: a byte-order mark says how the text is encoded and is no part of it.
 * Windows editors write one, and PowerShell writes UTF-16.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** Reads a text file; see `decodeText`. Throws what `readFileSync` throws. */
export function readTextSync(path: string): string {
  return decodeText(readFileSync(path));
}

/** Reads a text file; see `decodeText`. Rejects with what `readFile` rejects with. */
export async function readText(path: string): Promise<string> {
  return decodeText(await readFile(path));
}
