import { allLanguages } from '../language/index.ts';
import type { Word } from '../types.ts';

/** A sentence, or a part of one that fits on the screen: its text, and its words with times in ms. */
export interface Sentence {
  text: string;
  words: Word[];
}

/** What a viewer can read at once: two lines. */
const maxChars = 84;
const maxMs = 7_000;

/** A pause that separates two thoughts, whatever the punctuation, ms. */
const longPauseMs = 1_500;

const sentenceEnd = /[.?!…。？！｡]["'”’)\]]*$/u;
const clauseEnd = /[,;:–—、，；：]["'”’)\]]*$/u;
const abbreviations = allLanguages.flatMap((language) => language.abbreviations);
const abbreviation = new RegExp(`^(?:${abbreviations.join('|')}|\\p{L})\\.$`, 'iu');

/**
 * Cuts a text at the ends of its sentences. A sentence that is too long is cut near its middle, at a pause or comma.
 */
export function toSentences(text: string, heard: readonly Word[]): Sentence[] {
  const words = heard.flatMap(toClauses);
  const spans = spansOf(text, words);
  const sentences: Sentence[] = [];
  let first = 0;
  for (const [index, { word, endMs }] of words.entries()) {
    const next = words[index + 1];
    const isEnd = !next || next.startMs - endMs >= longPauseMs || (sentenceEnd.test(word) && !abbreviation.test(word));
    if (!isEnd) continue;
    for (const [from, to] of split(words, first, index + 1)) {
      sentences.push({ text: text.slice(spans[from], spans[to] ?? text.length).trim(), words: words.slice(from, to) });
    }
    first = index + 1;
  }
  return sentences;
}

/**
 * In scripts without spaces, one word of the decoder may be a whole sentence. Each of its clauses gets a share of the
 * time in proportion to its length.
 */
function toClauses(word: Word): Word[] {
  const clauses = word.word.match(/[^。！？｡、，；：]+[。！？｡、，；：]*/gu) ?? [];
  if (clauses.length < 2 || clauses.join('') !== word.word) return [word];
  const msPerChar = (word.endMs - word.startMs) / word.word.length;
  let startMs = word.startMs;
  return clauses.map((clause) => {
    const part = { ...word, word: clause, startMs, endMs: startMs + clause.length * msPerChar };
    startMs = part.endMs;
    return part;
  });
}

/** Finds where in the text each word begins. Not every script has spaces, so joining the words would not do. */
export function spansOf(text: string, words: readonly Word[]): number[] {
  let at = 0;
  return words.map(({ word }) => {
    const found = text.indexOf(word, at);
    const start = found < 0 ? at : found;
    at = start + word.length;
    return start;
  });
}

function split(words: readonly Word[], from: number, to: number): [from: number, to: number][] {
  const chars = words.slice(from, to).reduce((sum, { word }) => sum + word.length + 1, 0);
  const isShort = chars <= maxChars && words[to - 1]!.endMs - words[from]!.startMs <= maxMs;
  if (isShort || to - from < 2) return [[from, to]];
  let best = from + 1;
  let most = -Infinity;
  for (let at = from + 1; at < to; at++) {
    const before = words[at - 1]!;
    const pauseMs = words[at]!.startMs - before.endMs;
    const offMiddle = Math.abs((at - from) / (to - from) - 0.5);
    const worth = Math.min(pauseMs, 600) / 600 + (clauseEnd.test(before.word) ? 0.6 : 0) - 2 * offMiddle;
    if (worth > most) [most, best] = [worth, at];
  }
  return [...split(words, from, best), ...split(words, best, to)];
}
