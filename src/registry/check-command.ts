import { compileGrammar, type Problem } from '../grammar/index.ts';
import type { Command } from './command.ts';

/** Returns the languages that a command has phrases for; a plain list counts for the given language. */
export function languagesOf({ phrases }: Pick<Command, 'phrases'>, language: string): string[] {
  return Array.isArray(phrases) ? [language] : Object.keys(phrases);
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

/** Removes repeats of problems that several languages share. */
export function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ command, message }) => {
    const key = `${command}\0${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
