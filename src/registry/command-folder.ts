import { basename, resolve } from 'node:path';
import { HeedError } from '../errors.ts';
import type { Problem } from '../grammar/index.ts';
import { readText } from '../platform/text-file.ts';
import { bundleCommands } from './bundle.ts';
import { checkCommand } from './check-command.ts';
import type { Command } from './command.ts';
import { displayPath } from './display-path.ts';
import { findLine } from './find-line.ts';
import { heedUrl } from './heed-url.ts';
import type { Imported, Importer } from './importer.ts';
import { readDefinition } from './read-definition.ts';
import { placeOfError } from './source-map.ts';
import { listCommandFiles, type CommandFile } from './list-command-files.ts';

/** The last version of a command file that was free of errors. */
interface LoadedFile {
  url: string;
  command: Command;
  source: string;
}

/** How a folder is loaded. */
export interface FolderOptions {
  /** The language of plain phrase lists. */
  language: string;
  importer: Importer;
  /** Hides tokens and keys, which an error of a command file may quote. */
  conceal: (text: string) => string;
}

/**
 * One folder of command files. Loading lists them, compiles, imports and checks them; a file that fails keeps its last
 * good version.
 */
export class CommandFolder {
  readonly dir: string;
  readonly #options: FolderOptions;
  #files = new Map<string, LoadedFile>();
  /** The addresses of the files as they were compiled last, by their paths. */
  #compiled: ReadonlyMap<string, string> = new Map();
  #problems: Problem[] = [];
  #tail: Promise<boolean> = Promise.resolve(false);

  constructor(dir: string, options: FolderOptions) {
    this.dir = resolve(dir);
    this.#options = options;
  }

  get commands(): Command[] {
    return [...this.#files.values()].map(({ command }) => command);
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Returns the text of a file as it was loaded, by the path that is shown for it. */
  sourceOf(file: string): string | undefined {
    return [...this.#files.values()].find(({ command }) => command.file === file)?.source;
  }

  /** Returns the path of the file that is compiled at an address; undefined for a version that is not in use. */
  pathOf(url: string): string | undefined {
    const loaded = [...this.#files].find(([, file]) => file.url === url);
    return loaded?.[0] ?? [...this.#compiled].find(([, compiled]) => compiled === url)?.[0];
  }

  /**
   * Loads what is new or changed and forgets what is gone. Only one load runs at a time. Never rejects; see `problems`.
   * Resolves with whether it is to be tried again, although no file changes: the disk may be full.
   */
  load(): Promise<boolean> {
    this.#tail = this.#tail
      .then(() => this.#load())
      .then(() => false)
      .catch((error: unknown) => {
        this.#problems = [
          { severity: 'error', file: displayPath(this.dir), message: `The folder cannot be loaded: ${String(error)}.` },
        ];
        return true;
      });
    return this.#tail;
  }

  async #load(): Promise<void> {
    const files = await this.#walk();
    if (!files) return;
    const { importer } = this.#options;
    const { urls, problems } = await bundleCommands(this.dir, {
      paths: files.flatMap(({ path, problem }) => (problem === undefined ? [path] : [])),
      authorModule: importer.authorModule,
    });
    this.#compiled = urls;
    const imported = await importer.importAll(
      files.flatMap(({ path }) => {
        const url = urls.get(path);
        return url === undefined || url === this.#files.get(path)?.url ? [] : [url];
      }),
    );
    const loaded = new Map<string, LoadedFile>();
    const found: Problem[] = [];
    for (const file of files) {
      const before = this.#files.get(file.path);
      const url = urls.get(file.path);
      const result =
        url === undefined
          ? { problems: problemsOf(file) ?? problems.get(file.path) ?? [] }
          : url === before?.url
            ? before
            : await this.#loadFile(file, url, imported.get(url)!);
      if ('problems' in result) {
        found.push(
          ...result.problems.map((problem) => ({
            ...problem,
            command: file.name,
            message: before ? `${problem.message} The last good version stays in use.` : problem.message,
          })),
        );
        if (before) loaded.set(file.path, before);
      } else loaded.set(file.path, result);
    }
    this.#files = loaded;
    this.#problems = found;
    importer.keep(
      this.dir,
      [...loaded.values()].map(({ url }) => url),
    );
  }

  async #walk(): Promise<CommandFile[] | undefined> {
    try {
      return await listCommandFiles(this.dir);
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      this.#problems = [
        {
          severity: 'warning',
          file: displayPath(this.dir),
          message: isMissing
            ? `A folder of command files was expected at ${displayPath(this.dir)}; there is none. ` +
              '`heed init` makes one with an example; the option commands.dir names another folder.'
            : `The folder cannot be read: ${(error as Error).message}.`,
        },
      ];
      if (isMissing) this.#files = new Map();
      return undefined;
    }
  }

  async #loadFile(file: CommandFile, url: string, imported: Imported): Promise<LoadedFile | { problems: Problem[] }> {
    const shown = displayPath(file.path);
    const source = await readText(file.path).catch(() => '');
    const at = (message: string, key?: string): Problem =>
      withLine(
        { severity: 'error', file: shown, message: this.#options.conceal(message) },
        findLine(source, message, key),
      );
    try {
      if ('error' in imported) throw imported.error;
      const read = readDefinition(file.name, imported.value);
      if ('problems' in read) return { problems: read.problems.map(({ key, message }) => at(message, key)) };
      const line = findLine(source, '');
      // The address is made of what is in the file and in all that it imports.
      const version = `${read.command.version} ${basename(url)}`;
      const command: Command = { ...read.command, version, file: shown, ...(line === undefined ? {} : { line }) };
      const problems = checkCommand(command, this.#options.language).map(({ message }) => at(message));
      return problems.length > 0 ? { problems } : { url, command, source };
    } catch (error) {
      return { problems: [explain(error, { at, dir: this.dir })] };
    }
  }
}

/** What keeps a file from being read at all. */
function problemsOf({ path, problem: message }: CommandFile): Problem[] | undefined {
  return message === undefined ? undefined : [{ severity: 'error', file: displayPath(path), message }];
}

function explain(error: unknown, { at, dir }: { at: (message: string) => Problem; dir: string }): Problem {
  if (error instanceof HeedError) return at(error.message);
  const message =
    `Loading failed: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`.replaceAll(
      heedUrl,
      'heed',
    );
  const place = error instanceof Error ? placeOfError(error, dir) : undefined;
  return place ? { ...at(message), ...place } : at(message);
}

function withLine(problem: Problem, line: number | undefined): Problem {
  return line === undefined ? problem : { ...problem, line };
}
