import { placeOf, type GrammarCommand } from '../grammar/index.ts';

/** What advice is about: one word for each rule, which docs/lint.md explains. */
export type Rule =
  'waits' | 'sounds-alike' | 'swallowed' | 'begins-freely' | 'invented' | 'unspeakable' | 'unknown-voice';

/** Something that works, and that would work better if it were written differently. */
export interface Advice {
  rule: Rule;
  command: string;
  file?: string;
  /** The line in the file, from 1. */
  line?: number;
  /** What is the matter, as sentences. */
  message: string;
  /** What to do about it, as a sentence. */
  fix: string;
}

/** Makes advice about a command. */
export function adviceOn(command: GrammarCommand, rule: Rule, message: string, fix: string): Advice {
  return { rule, ...placeOf(command), message, fix };
}
