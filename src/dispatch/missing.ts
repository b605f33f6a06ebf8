import type { Command } from '../registry/index.ts';
import { phrasesIn } from './phrasebook.ts';

/** A slot that a phrase left out. */
export interface MissingSlotQuestion<T> {
  command: string;
  name: string;
  /** The value of an answer, or undefined when it is none. */
  read: (answer: string) => T | undefined;
}

/** What to ask for a slot: in the author's words, else in heed's own. */
export function questionFor(command: Command | undefined, name: string, language: string): string {
  const own = command?.missing?.[name];
  const code = language.toLowerCase().split(/[-_]/)[0]!;
  const text = typeof own === 'object' ? own[language] ?? own[code] : own;
  if (text !== undefined) return text;
  const { which, howLong } = phrasesIn(language);
  return command?.slots[name]?.type === 'duration' ? howLong : which(inWords(name));
}

/** `livingRoom` → "living room". */
function inWords(name: string): string {
  return name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replaceAll('_', ' ').toLowerCase();
}
