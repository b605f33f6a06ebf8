import type { Word } from '../types.ts';
import type { FileTranscript } from './whole-file.ts';

const spaceless = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}。、！？]$/u;

/** The whole text of a transcript. */
export function joinedText({ segments }: FileTranscript): string {
  return segments.reduce((joined, { text }) => joined + gapAfter(joined) + text, '');
}

/** Returns what stands between a text and the sentence after it: nothing in scripts without spaces. */
export function gapAfter(text: string): '' | ' ' {
  return text === '' || spaceless.test(text) ? '' : ' ';
}

/** The whole text of a transcript, a line for each time somebody else goes on speaking, with the name before it. */
export function namedText({ segments }: FileTranscript): string {
  let last: string | undefined;
  let text = '';
  for (const { speaker, text: own } of segments) {
    const isNew = text === '' || speaker !== last;
    text += isNew
      ? `${text === '' ? '' : '\n'}${speaker === undefined ? '' : `${speaker}: `}${own}`
      : gapAfter(text) + own;
    last = speaker;
  }
  return text;
}

/** All words of a transcript. */
export function wordsOf({ segments }: FileTranscript): Word[] {
  return segments.flatMap(({ words }) => words);
}
