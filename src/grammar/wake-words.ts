import type { Language } from '../language/index.ts';
import { spellings } from './spellings.ts';
import { foldWord, variantsOf } from './fold.ts';
import { tokenize } from './tokenize.ts';

/** A wake phrase as words, in one of the ways in which it may be written. */
export interface WakeForm {
  /** The phrase as it was configured. */
  readonly phrase: string;
  /** Its words as they are written, and as they are compared. */
  readonly written: readonly string[];
  readonly folded: readonly string[];
}

/** What must, or may, be said before a command. */
export interface WakeWords {
  readonly forms: readonly WakeForm[];
  /** Words that may come before a wake phrase and mean nothing, such as "hey". */
  readonly before: ReadonlySet<string>;
}

/** Returns the ways in which wake phrases are said and written in a language. */
export function wakeWordsOf(phrases: readonly string[], language: Language): WakeWords {
  const forms = phrases.flatMap((phrase) =>
    spellings(phrase, language).map((written) => ({ phrase, written, folded: written.map(foldWord) })),
  );
  const links = new Set(language.links.flatMap(tokenize));
  const before = [...language.openings, ...language.fillers]
    .map(foldWord)
    .flatMap((word) => [word, ...variantsOf(word)]);
  return { forms, before: new Set(before.filter((word) => !word.includes(' ') && !links.has(word))) };
}
