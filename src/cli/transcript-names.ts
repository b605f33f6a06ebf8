import { basename, extname, join } from 'node:path';
import { isUrl, type TranscriptFormat } from '../files/index.ts';
import { standardInput } from './input.ts';

const endings: Record<TranscriptFormat, string> = {
  text: 'txt',
  json: 'json',
  srt: 'srt',
  vtt: 'vtt',
  verbose_json: 'json',
  diarized_json: 'json',
  rttm: 'rttm',
};

/** Returns the path that the transcript of an input is written to; undefined means standard output. */
export function outputOf(
  input: string,
  { output, format, isFolder }: { output: string | undefined; format: TranscriptFormat; isFolder: boolean },
): string | undefined {
  if (output === undefined || !isFolder) return output;
  return join(output, `${bareNameOf(input)}.${endings[format]}`);
}

/** Whether an input is first copied to a file. */
export function isElsewhere(input: string): boolean {
  return isUrl(input) || input === standardInput;
}

/** Returns the last part of a path or address. */
export function nameOf(input: string): string {
  if (input === standardInput) return 'standard-input';
  if (!isUrl(input)) return basename(input);
  const { pathname, hostname } = new URL(input);
  return basename(pathname) || hostname;
}

/** Returns that part without its ending. */
export function bareNameOf(input: string): string {
  const name = nameOf(input);
  return name.slice(0, name.length - extname(name).length);
}
