import type { CommandInfo } from './view-state.ts';

/** Folds a text for searching: lower case, and letters without their accents. */
export function foldForSearch(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss').replace(/[ıİ]/g, 'i');
}

/** Finds commands by their phrases, names and descriptions. What is searched is folded only once for each command. */
export class CommandSearch {
  readonly #folded = new WeakMap<CommandInfo, string>();

  /** Returns the commands in which every word of the query occurs, in their order; all of them for an empty query. */
  find(commands: readonly CommandInfo[], query: string): CommandInfo[] {
    const words = foldForSearch(query)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== '');
    return commands.filter((command) => {
      const text = this.#textOf(command);
      return words.every((word) => text.includes(word));
    });
  }

  #textOf(command: CommandInfo): string {
    let text = this.#folded.get(command);
    if (text === undefined) {
      const { name, description, contexts, phrases, examples } = command;
      text = foldForSearch([name, description, ...contexts, ...examples, ...phrases].join('\n'));
      this.#folded.set(command, text);
    }
    return text;
  }
}

/** Says how many commands are shown, such as "500 commands" or "3 of 500 commands". */
export function countWords(found: number, all: number): string {
  const commands = all === 1 ? 'command' : 'commands';
  if (found === all) return `${all} ${commands}`;
  return found === 0 ? `None of ${all} ${commands} has all these words` : `${found} of ${all} ${commands}`;
}
