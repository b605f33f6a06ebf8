import { compileGrammar, type Problem } from '../grammar/index.ts';
import type { Command } from './command.ts';

/** The languages a command has phrases for; a plain list is for the given one. */
export function languagesOf({ phrases }: Pick<Command, 'phrases'>, language: string): string[] {
  return Array.isArray(phrases) ? [language] : Object.keys(phrases);
}

/**
 * The errors of a command by itself, in every language it has: templates, slots, rules. Examples are left for the check
 * of the whole: a wrong one is told, and the command works.
 */
export function checkCommand(command: Command, language: string): Problem[] {
  const alone = { ...command, examples: [], not: [] };
  const problems = languagesOf(command, language).flatMap(
    (code) => compileGrammar([alone], { language: code }).problems,
  );
  return withoutRepeats(problems.filter(({ severity }) => severity === 'error'));
}

/** Problems that several languages share, once. */
export function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ command, message }) => {
    const key = `${command}\0${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
