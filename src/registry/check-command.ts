import { compileGrammar, type CompiledGrammar, type GrammarCommand, type Problem } from '../grammar/index.ts';
import type { Command } from './command.ts';

/** Returns the languages that a command has phrases for; a plain list counts for the given language. */
function languagesOf({ phrases }: Pick<GrammarCommand, 'phrases'>, language: string): string[] {
  return Array.isArray(phrases) ? [language] : Object.keys(phrases);
}

/** All commands that have phrases for a language, compiled together. */
export interface CompiledLanguage extends CompiledGrammar {
  /** The ISO 639-1 code. */
  readonly code: string;
  readonly commands: readonly GrammarCommand[];
}

/** Compiles commands in the given language, to which plain lists of phrases belong, and in all others they name. */
export function compileLanguages(commands: readonly GrammarCommand[], language: string): CompiledLanguage[] {
  const codes = new Set([language, ...commands.flatMap((command) => languagesOf(command, language))]);
  return [...codes].map((code) => {
    const meant = code === language ? commands : commands.filter(({ phrases }) => !Array.isArray(phrases));
    return Object.assign(compileGrammar(meant, { language: code }), { code, commands: meant });
  });
}

/**
 * Returns the errors in the templates, slots and rules of a single command, in each of its languages. Examples are
 * checked together with all other commands, because a wrong example is reported but does not stop the command from
 * working.
 */
export function checkCommand(command: Command, language: string): Problem[] {
  const alone = { ...command, examples: [], not: [] };
  const parts = [alone, ...command.followUps.map(({ phrases }) => ({ ...alone, phrases }))];
  const problems = parts.flatMap((part) =>
    languagesOf(part, language).flatMap((code) => compileGrammar([part], { language: code }).problems),
  );
  return withoutRepeats(problems.filter(({ severity }) => severity === 'error'));
}

/** Removes repeats of what several languages share. */
export function withoutRepeats<T extends Pick<Problem, 'command' | 'message'>>(problems: readonly T[]): T[] {
  const seen = new Set<string>();
  return problems.filter(({ command, message }) => {
    const key = `${command}\0${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
