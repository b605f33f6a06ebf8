import { isAbsolute, relative } from 'node:path';

/** Returns a path as it is shown: relative if it is in the working folder. */
export function displayPath(path: string): string {
  const inside = relative(process.cwd(), path);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}
