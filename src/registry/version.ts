import { createHash } from 'node:crypto';
import type { Slot } from '../grammar/index.ts';

/** Returns a text that is the same for values that are written in the same way, with the sources of their functions. */
export function versionOf(value: unknown): string {
  const text = JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'function') return String(part);
    if (typeof part !== 'object' || part === null || !('parse' in part && 'key' in part)) return part;
    return (part as Slot).key;
  });
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
