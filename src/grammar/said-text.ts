import { foldWord } from './fold.ts';
import type { Slot } from './slots/slot.ts';
import { respellings, wordPattern } from './tokenize.ts';

/** A word of a text, and where it is written. */
export interface SaidWord {
  /** As `tokenize` gives it. */
  word: string;
  folded: string;
  start: number;
  end: number;
}

/** Words of a text: from one of them up to another, exclusive. */
interface Range {
  from: number;
  to: number;
}

/** A text as somebody said or typed it, with its case, accents and punctuation, beside the words that are compared. */
export class SaidText {
  readonly words: readonly SaidWord[];
  readonly #text: string;
  readonly #fillers: ReadonlySet<string>;

  /** @param fillers sounds that may stand anywhere and mean nothing, as `tokenize` gives them */
  constructor(text: string, fillers: Iterable<string> = []) {
    this.#text = text.normalize('NFC');
    this.#fillers = new Set(fillers);
    const { plain, starts, ends } = respelled(this.#text);
    this.words = [...plain.matchAll(wordPattern(plain))].map(({ 0: word, index }) => ({
      word: word.replace('−', '-'),
      folded: foldWord(word),
      start: starts[index]!,
      end: ends[index + word.length - 1]!,
    }));
  }

  /**
   * Returns the writing of some words of the text: those at its end if they are the last, else where they are first.
   * Spaces may be elsewhere, and fillers between the words. Undefined when the text does not have them.
   */
  writingOf(words: readonly string[], within?: Range): string | undefined {
    const range = this.find(words, within);
    return range && this.write(range);
  }

  /** Finds where words are written; see `writingOf`. */
  find(words: readonly string[], { from, to }: Range = { from: 0, to: this.words.length }): Range | undefined {
    const letters = words.map(foldWord).join('');
    const found: Range[] = [];
    for (let at = from; at < to; at++) {
      const end = this.#endOf(letters, at, to);
      if (end !== undefined) found.push({ from: at, to: end });
    }
    // A filler may follow the last word.
    const isLast = (range: Range): boolean => this.words.slice(range.to, to).every((word) => this.#isFiller(word));
    return found.findLast(isLast) ?? found[0];
  }

  /** Returns the writing without sounds that mean nothing. */
  write({ from, to }: Range): string {
    const meant = this.words.slice(from, to).filter((word) => !this.#isFiller(word));
    const kept = meant.length > 0 ? meant : this.words.slice(from, to);
    return kept.reduce((written, { start, end }, i) => {
      const before = kept[i - 1];
      if (!before || start < before.end) return written + this.#text.slice(Math.max(start, before?.end ?? 0), end);
      const next = this.words[this.words.indexOf(before) + 1]!;
      return written + this.#text.slice(before.end, next.start) + this.#text.slice(start, end);
    }, '');
  }

  #endOf(letters: string, from: number, to: number): number | undefined {
    let left = letters;
    for (let at = from; at < to; at++) {
      const word = this.words[at]!;
      if (left.startsWith(word.folded) && word.folded !== '') left = left.slice(word.folded.length);
      else if (at === from || !this.#isFiller(word)) return undefined;
      if (left === '') return at + 1;
    }
    return undefined;
  }

  #isFiller({ word }: SaidWord): boolean {
    return this.#fillers.has(word);
  }
}

/**
 * Returns the arguments of a phrase with free text as it was said. Their words are looked for among those of the
 * phrase, `within`.
 */
export function argsAsSaid(
  slots: Readonly<Record<string, Slot>>,
  args: Readonly<Record<string, unknown>>,
  said: SaidText,
  within?: Range,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      slots[name]?.isVerbatim === true && typeof value === 'string'
        ? (said.writingOf(value.split(' '), within) ?? value)
        : value,
    ]),
  );
}

/** A text as it is cut into words, and where each of its letters is written. */
interface Respelled {
  plain: string;
  starts: number[];
  ends: number[];
}

function respelled(text: string): Respelled {
  let state: Respelled = { plain: '', starts: [], ends: [] };
  let at = 0;
  for (const letter of text) {
    const lower = letter.toLowerCase();
    state.plain += lower;
    for (let i = 0; i < lower.length; i++) {
      state.starts.push(at);
      state.ends.push(at + letter.length);
    }
    at += letter.length;
  }
  for (const [pattern, by] of respellings) state = replaced(state, pattern, by);
  return state;
}

/** Replaces like `String.replace`. What a replacement shares with what was found stays where it is written. */
function replaced(
  { plain, starts, ends }: Respelled,
  pattern: RegExp,
  by: string | ((found: string) => string),
): Respelled {
  const next: Respelled = { plain: '', starts: [], ends: [] };
  let done = 0;
  const copy = (to: number): void => {
    next.plain += plain.slice(done, to);
    for (; done < to; done++) {
      next.starts.push(starts[done]!);
      next.ends.push(ends[done]!);
    }
  };
  for (const match of plain.matchAll(pattern)) {
    const [found] = match;
    const other =
      typeof by === 'string' ? by.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '') : by(found);
    const most = Math.min(found.length, other.length);
    let [same, sameEnd] = [0, 0];
    while (same < most && found[same] === other[same]) same++;
    while (sameEnd < most - same && found.at(-1 - sameEnd) === other.at(-1 - sameEnd)) sameEnd++;
    copy(match.index + same);
    const end = match.index + found.length - sameEnd;
    const middle = other.slice(same, other.length - sameEnd);
    next.plain += middle;
    for (let i = 0; i < middle.length; i++) {
      next.starts.push(starts[done] ?? ends.at(-1) ?? 0);
      next.ends.push(end > done ? ends[end - 1]! : (starts[done] ?? ends.at(-1) ?? 0));
    }
    // A letter that is left out belongs to the one before it.
    if (middle === '' && end > done && next.ends.length > 0 && /\p{L}/u.test(plain.slice(done, end)))
      next.ends[next.ends.length - 1] = ends[end - 1]!;
    done = end;
    copy(match.index + found.length);
  }
  copy(plain.length);
  return next;
}
