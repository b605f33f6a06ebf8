import { baseCode } from '../language/index.ts';
import type { Slot } from './slots/slot.ts';

/** A phrase as an author writes it: a template, alone or with what else is known of it. */
export type Phrase = string | PhraseDetails;

/** A template, what saying it gives, and when it can be said. */
export interface PhraseDetails {
  readonly say: string;
  /** Arguments that saying it gives. */
  readonly args?: Readonly<Record<string, unknown>>;
  /** Slots that get the value which the context of the same name has. Without one it cannot be said. */
  readonly fill?: readonly string[];
  /** It can be said while one of these contexts is active. */
  readonly contexts?: readonly string[];
  /** It cannot be said while one of these contexts is active. */
  readonly unless?: readonly string[];
}

/** Phrases: one list for every language, or lists by ISO 639-1 code. */
export type Phrases = readonly Phrase[] | Readonly<Record<string, readonly Phrase[]>>;

/** A phrase and what it must be understood as. */
export interface ExampleShape {
  say: string;
  args?: Readonly<Record<string, unknown>>;
  /** The contexts in which it is said, beside those of the command. */
  contexts?: readonly string[];
  /** The language of `say`. Default: the first language that the command has templates for. */
  language?: string;
}

/** What the grammar needs to know about a command. */
export interface GrammarCommand {
  readonly name: string;
  readonly file?: string;
  /** The line of a phrase in its file, if known; used in problems. */
  readonly line?: number;
  readonly phrases: Phrases;
  readonly slots: Readonly<Record<string, Slot>>;
  /** Named parts for `<name>`, which are templates themselves. */
  readonly rules?: Readonly<Record<string, string>>;
  readonly examples?: readonly ExampleShape[];
  /** Phrases that sound like this command but do not mean it. */
  readonly not?: readonly string[];
  /** Of commands that accept the same words equally well, the one with the highest number runs; 0 when absent. */
  readonly priority?: number;
  /** The names of contexts; the command can be given when one of them is active. Absent or empty means always. */
  readonly contexts?: readonly string[];
  /** Whether its phrases may begin or end with when it is to run. */
  readonly delayable?: boolean;
}

/** Something wrong with a command. An error takes the phrase or the command out of the grammar; a warning does not. */
export interface Problem {
  severity: 'error' | 'warning';
  /** Absent when a file could not be read at all. */
  command?: string;
  file?: string;
  line?: number;
  message: string;
}

/** Returns the command, and where it is written, as far as that is known. */
export function placeOf({
  name,
  file,
  line,
}: Pick<GrammarCommand, 'name' | 'file' | 'line'>): Pick<Problem, 'file' | 'line'> & { command: string } {
  return {
    command: name,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
  };
}

/** Returns the phrases of a command for a language; empty when it has none for that language. */
export function phrasesFor(command: Pick<GrammarCommand, 'phrases'>, language: string): readonly Phrase[] {
  if (isPlain(command.phrases)) return command.phrases;
  const code = baseCode(language);
  // With an automatic language, the phrases of all languages can be said.
  if (code === 'auto') return Object.values(command.phrases).flat();
  return command.phrases[language] ?? command.phrases[code] ?? [];
}

/** Returns the templates of a command for a language; empty when it has none for that language. */
export function templatesFor(command: Pick<GrammarCommand, 'phrases'>, language: string): readonly string[] {
  return phrasesFor(command, language).map(templateOf);
}

/** Returns what is said, without anything else that is known of it. */
export function templateOf(phrase: Phrase): string {
  return detailsOf(phrase).say;
}

export function detailsOf(phrase: Phrase): PhraseDetails {
  return typeof phrase === 'string' ? { say: phrase } : phrase;
}

/** Whether phrases are one list for every language. */
export function isPlain(phrases: Phrases): phrases is readonly Phrase[] {
  return Array.isArray(phrases);
}
