import { resolve } from 'node:path';
import { HeedError } from '../errors.ts';
import { contextName, detailsOf, phrasesFor, placeOf, templatesFor, type Problem } from '../grammar/index.ts';
import { baseCode, codeOrDefault } from '../language/index.ts';
import { checkCommand, compileLanguages, withoutRepeats, type CompiledLanguage } from './check-command.ts';
import type { Command, CommandDefinition, CommandInfo } from './command.ts';
import { canBeGiven } from './contexts.ts';
import { CommandFolder } from './command-folder.ts';
import { displayPath } from './display-path.ts';
import { findLine } from './find-line.ts';
import { localImporter, type Importer } from './importer.ts';
import { LateErrors, type LateError } from './late-errors.ts';
import { readDefinition } from './read-definition.ts';
import { placeOfError } from './source-map.ts';
import { watchFolder } from './watch-folder.ts';

/** How a registry works. */
export interface RegistryOptions {
  /** The ISO 639-1 code of the language of plain phrase lists; "auto" means English. */
  language: string;
  /** Imports the files of folders; default: into this process, each within 10 s. */
  importer?: Importer;
  /** Hides tokens and keys in what is wrong with a file; default: nothing is hidden. */
  conceal?: (text: string) => string;
}

/** All commands: those that a program added and those of its folders. */
export class Registry {
  readonly #options: Required<RegistryOptions>;
  readonly #added = new Map<string, Command>();
  readonly #folders = new Map<string, CommandFolder>();
  readonly #watchProblems = new Map<string, Problem>();
  readonly #late: LateErrors;
  #commands: readonly Command[] = [];
  #ownProblems: readonly Problem[] = [];
  /**
   * Undefined until it is asked for, because checking all commands together takes a while, and a program may add many
   * commands in a row.
   */
  #problems: readonly Problem[] | undefined;
  #languages: readonly CompiledLanguage[] | undefined;

  constructor(options: RegistryOptions) {
    const { language, importer = localImporter(10_000), conceal = (text: string) => text } = options;
    this.#options = { language: codeOrDefault(language), importer, conceal };
    this.#late = new LateErrors(conceal);
  }

  /** The commands, added ones first. The array is replaced only when something has changed. */
  get commands(): readonly Command[] {
    return this.#commands;
  }

  /** Everything that is wrong at the moment, with file and line. */
  get problems(): readonly Problem[] {
    return (this.#problems ??= [...this.#ownProblems, ...this.#late.problems, ...this.#lint()]);
  }

  /** All commands, compiled together for each language that they have phrases for. */
  get languages(): readonly CompiledLanguage[] {
    return (this.#languages ??= compileLanguages(this.#commands, this.#options.language));
  }

  /** Returns the command with a name. */
  get(name: string): Command | undefined {
    return this.#commands.find((command) => command.name === name);
  }

  /** The names of all contexts that commands name, sorted. */
  get contexts(): string[] {
    return [...new Set(this.#commands.flatMap(contextsOf).map(contextName))].sort();
  }

  /**
   * Returns what can be said in a language, as help shows it; with `active`, only what can be said while those contexts
   * are active.
   */
  describe(language: string, active?: readonly string[]): CommandInfo[] {
    return this.#commands.flatMap((command) => {
      const phrases = templatesFor(command, language);
      if (phrases.length === 0 || (active && !canBeGiven(command, active))) return [];
      const { name, description, contexts, risk } = command;
      return [{ name, description, contexts, risk, phrases, examples: examplesFor(command, language) }];
    });
  }

  /**
   * Adds a command of the program, which takes precedence over a file with the same name.
   * @throws HeedError `bad-command` when the name is taken or the definition is wrong, with everything that is wrong
   */
  add(name: string, definition: CommandDefinition): void {
    if (this.#added.has(name))
      throw new HeedError('bad-command', `A command named "${name}" was added before; choose another name.`);
    const read = readDefinition(name, definition);
    const problems = 'problems' in read ? read.problems : checkCommand(read.command, this.#options.language);
    if ('problems' in read || problems.length > 0) {
      throw new HeedError(
        'bad-command',
        `The command "${name}" cannot be added: ${problems.map(({ message }) => message).join(' ')}`,
      );
    }
    this.#added.set(name, read.command);
    this.#insert();
  }

  /**
   * Loads a folder of command files, or loads it again. Never rejects because of what is in the files; returns
   * everything that is wrong.
   */
  async load(dir: string): Promise<readonly Problem[]> {
    await this.#load(dir);
    return this.problems;
  }

  /** Resolves with whether it is to be tried again. */
  async #load(dir: string): Promise<boolean> {
    const path = resolve(dir);
    let folder = this.#folders.get(path);
    if (!folder) this.#folders.set(path, (folder = new CommandFolder(path, this.#options)));
    const isAgain = await folder.load();
    this.#insert();
    return isAgain;
  }

  /**
   * Loads a folder again whenever it changes, and calls `onChange` when that changed the commands or problems. Returns
   * the function that stops it.
   */
  watch(dir: string, onChange: () => void): () => Promise<void> {
    return watchFolder(dir, {
      onChange: async () => {
        const before = JSON.stringify(this.problems);
        const { commands } = this;
        const isAgain = await this.#load(dir);
        if (this.#commands !== commands || JSON.stringify(this.problems) !== before) onChange();
        return isAgain;
      },
      onError: (error) => {
        this.#watchProblems.set(dir, {
          severity: 'warning',
          file: displayPath(resolve(dir)),
          message: `Changes in this folder may go unnoticed: ${String(error)}.`,
        });
        this.#insert();
        onChange();
      },
    });
  }

  /**
   * Takes an error that a command file threw after it was loaded. Returns whether that changes the problems: not if it
   * comes from a version of the file that is not in use any more.
   */
  addLate(late: LateError): boolean {
    for (const folder of this.#folders.values()) {
      const path = folder.pathOf(late.url);
      if (path === undefined) continue;
      if (!this.#late.add(late, placeOfError(late.error, folder.dir) ?? { file: displayPath(path) })) return false;
      this.#problems = undefined;
      return true;
    }
    return false;
  }

  /** Adding and loading both end here: one list, checked as a whole. */
  #insert(): void {
    const folders = [...this.#folders.values()];
    const byName = new Map(this.#added);
    const clashes: Problem[] = [];
    for (const command of folders.flatMap(({ commands }) => commands)) {
      const first = byName.get(command.name);
      if (first) clashes.push(clash(command, first));
      else byName.set(command.name, command);
    }
    const commands = [...byName.values()];
    if (commands.length !== this.#commands.length || commands.some((command, i) => command !== this.#commands[i]))
      this.#commands = commands;
    this.#late.retain((url) => folders.some((folder) => folder.pathOf(url) !== undefined));
    this.#ownProblems = [...this.#watchProblems.values(), ...folders.flatMap(({ problems }) => problems), ...clashes];
    this.#problems = undefined;
    this.#languages = undefined;
  }

  /**
   * Finds problems that show only when all commands are seen together, in every language: phrases of two commands, and
   * examples that are understood as something else.
   */
  #lint(): Problem[] {
    const problems = this.languages.flatMap((compiled) => compiled.problems);
    return withoutRepeats(problems).map((problem) => this.withLine(problem));
  }

  /** Adds the line that a message about a file is about, if it is found in the file's source. */
  withLine<T extends Pick<Problem, 'file' | 'message'>>(problem: T): T {
    const { file, message } = problem;
    const source =
      file === undefined
        ? undefined
        : [...this.#folders.values()].map((folder) => folder.sourceOf(file)).find((text) => text !== undefined);
    const line = source === undefined ? undefined : findLine(source, message);
    return line === undefined ? problem : { ...problem, line };
  }
}

function clash(command: Command, first: Command): Problem {
  const where = first.file === undefined ? 'the program itself' : first.file;
  return {
    severity: 'error',
    ...placeOf(command),
    message: `There already is a command named "${command.name}", from ${where}; rename this file.`,
  };
}

/** Returns the contexts that a command and its phrases name. */
function contextsOf(command: Command): string[] {
  const all = [command, ...command.followUps].flatMap((part) => phrasesFor(part, 'auto')).map(detailsOf);
  return [
    ...command.contexts,
    ...all.flatMap(({ contexts = [], unless = [], fill = [] }) => [...contexts, ...unless, ...fill]),
  ];
}

function examplesFor({ phrases, examples }: Command, language: string): string[] {
  const [first = ''] = Object.keys(phrases);
  const isMeant = (code: string): boolean =>
    Array.isArray(phrases) || language === 'auto' || baseCode(code) === baseCode(language);
  return examples.filter(({ language: code = first }) => isMeant(code)).map(({ say }) => say);
}
