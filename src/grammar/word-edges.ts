import { tokenize, unspaced } from './tokenize.ts';

const letter = `(?!${unspaced})[\\p{L}\\p{M}\\p{N}'’]`;
const first = new RegExp(`^(?:\\s*%|(?:${letter}|(?<=\\p{L})#|^#)+)`, 'u');
const last = new RegExp(`(?:${letter})+$`, 'u');

/**
 * Returns the letters at one end of a text that are one word with what is written beside them without a space.
 * Undefined when there are none: after a space, a hyphen or an elision ("l'"), and in writing without spaces. A percent
 * sign belongs to the number before it even after a space.
 */
export function lettersAt(text: string, side: 'start' | 'end'): string | undefined {
  const found = (side === 'start' ? first : last).exec(text)?.[0];
  if (found === undefined || side === 'start') return found;
  return tokenize(found).at(-1)?.endsWith("'") ? undefined : found;
}

const signs = /[\p{S}%#@*\\]/gu;

/** Returns the first sign of a text that is not read as a word, or as part of one; undefined when there is none. */
export function unreadSign(text: string): { sign: string; at: number } | undefined {
  for (const { 0: sign, index } of text.matchAll(signs)) {
    if ('`´^¨~'.includes(sign)) continue;
    const without = text.slice(0, index) + ' ' + text.slice(index + sign.length);
    if (tokenize(without).join(' ') === tokenize(text).join(' ')) return { sign, at: index };
  }
  return undefined;
}
