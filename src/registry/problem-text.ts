import type { Problem } from '../grammar/index.ts';

/** Returns the place of a problem and its message, as in `commands/timer.ts:4 The slot {length} is missing.` */
export function problemText({ file, line, message }: Problem): string {
  const place = [file, line].filter((part) => part !== undefined).join(':');
  return place === '' ? message : `${place} ${message}`;
}
