import { baseCode } from '../language/index.ts';
import type { Slot } from './slots/slot.ts';

/** Phrase templates, for every language or by ISO 639-1 code. */
export type Phrases = readonly string[] | Readonly<Record<string, readonly string[]>>;

/** A phrase and what it must be understood as. */
export interface ExampleShape {
  say: string;
  args?: Readonly<Record<string, unknown>>;
  /** The language of `say`; default: the first language the command has templates for. */
  language?: string;
}

/** What the grammar needs to know of a command. */
export interface GrammarCommand {
  readonly name: string;
  readonly file?: string;
  /** Line of a phrase in its file, where known; used in problems. */
  readonly line?: number;
  readonly phrases: Phrases;
  readonly slots: Readonly<Record<string, Slot>>;
  /** Named parts for `<name>`, themselves templates. */
  readonly rules?: Readonly<Record<string, string>>;
  readonly examples?: readonly ExampleShape[];
  /** Phrases that sound like this command and are none. */
  readonly not?: readonly string[];
  /** Names of contexts, in one of which it can be given; absent or empty means always. */
  readonly contexts?: readonly string[];
}

/** Something wrong with a command. An error takes the phrase or command out of the grammar; a warning does not. */
export interface Problem {
  severity: 'error' | 'warning';
  /** Absent when a file could not be read at all. */
  command?: string;
  file?: string;
  line?: number;
  message: string;
}

/** The templates of a command for a language; empty when it has none for it. */
export function phrasesFor(command: Pick<GrammarCommand, 'phrases'>, language: string): readonly string[] {
  if (isPlain(command.phrases)) return command.phrases;
  const code = baseCode(language);
  // An automatic language means: whatever there is.
  if (code === 'auto') return Object.values(command.phrases).flat();
  return command.phrases[language] ?? command.phrases[code] ?? [];
}

function isPlain(phrases: Phrases): phrases is readonly string[] {
  return Array.isArray(phrases);
}
