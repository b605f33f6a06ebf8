import type { GrammarCommand } from '../grammar/index.ts';

/** What advice is about: one word for each rule, which docs/lint.md explains. */
export type Rule = 'waits' | 'sounds-alike' | 'swallowed' | 'begins-freely' | 'invented' | 'unspeakable';

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
export function adviceOn({ name, file, line }: GrammarCommand, rule: Rule, message: string, fix: string): Advice {
  return {
    rule,
    command: name,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    message,
    fix,
  };
}

/** Returns advice as people read it, behind its place, which editors and terminals recognise. */
export function adviceText({ file, line, message, fix }: Advice): string {
  const place = [file, line].filter((part) => part !== undefined).join(':');
  return `${place === '' ? '' : `${place}: `}${message} ${fix}`;
}
