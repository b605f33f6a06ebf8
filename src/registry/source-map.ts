import { SourceMap } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { displayPath } from './display-path.ts';

/** A place in a file that an author wrote; lines count from 1. */
export interface Place {
  file: string;
  line: number;
}

/** How many source maps of compiled files are kept; the oldest is forgotten. */
const maxMaps = 5000;
/** How much of an error's stack is shown, in characters. */
const maxStack = 20_000;
const maps = new Map<string, SourceMap>();

/** Remembers which source lines the lines of a compiled file come from. */
export function keepSourceMap(compiledFile: string, json: string): void {
  maps.set(compiledFile, new SourceMap(JSON.parse(json) as ConstructorParameters<typeof SourceMap>[0]));
  if (maps.size > maxMaps) maps.delete(maps.keys().next().value!);
}

/** Returns an error with its stack and cause; places in command files are given as in the author's source. */
export function readableStack(error: unknown): string {
  return inspect(error)
    .slice(0, maxStack)
    .replace(framePattern, (frame, path: string, line: string, column: string) => {
      const place = placeOf(path, Number(line), Number(column));
      return place ? `${place.file}:${place.line}` : frame;
    });
}

/** Returns the innermost place of an error that is in a command file, or in a file of the folder `dir`. */
export function placeOfError(error: Error, dir: string): Place | undefined {
  for (const [, path, line, column] of (error.stack ?? '').slice(0, maxStack).matchAll(framePattern)) {
    const place = placeOf(path!, Number(line), Number(column));
    if (place) return place;
    // With --enable-source-maps, Node has mapped the places already.
    if (toPath(path!).startsWith(dir)) return { file: displayPath(toPath(path!)), line: Number(line) };
  }
  return undefined;
}

/** Begins where a word does, because looking for a place at every letter of a long text takes seconds. */
const framePattern = /(?<![^\s()])((?:file:\/\/)?[^\s()]+?):(\d+):(\d+)/g;

function placeOf(path: string, line: number, column: number): Place | undefined {
  const compiled = toPath(path);
  const entry = maps.get(compiled)?.findEntry(line - 1, column - 1);
  if (!entry || !('originalSource' in entry)) return undefined;
  return { file: displayPath(resolve(dirname(compiled), entry.originalSource)), line: entry.originalLine + 1 };
}

function toPath(path: string): string {
  return path.startsWith('file://') ? fileURLToPath(path) : path;
}
