import { isAbsolute, relative } from 'node:path';

/** A path as it is shown: relative when it lies in the working folder. */
export function displayPath(path: string): string {
  const inside = relative(process.cwd(), path);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}
