import { mkdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { HeedError } from '../errors.ts';
import { listCommandFiles, type CommandFile } from '../registry/index.ts';
import type { CliHost } from './host.ts';
import { configOf, exitCodes, printJson, verb, type CommonOptions } from './program.ts';
import { newCommand } from './templates.ts';

type NewOptions = CommonOptions & { javascript?: boolean; typescript?: boolean };

/** `heed new NAME` adds a command file that explains itself. */
export function newVerb({ done }: Pick<CliHost, 'done'>): Command {
  return verb('new', 'Add a command file to start from', ['heed new blinds', 'heed new music/volume --javascript'])
    .argument('<name>', 'name of the command: letters, digits and hyphens; a slash puts it into a folder')
    .option('--commands <dir>', 'folder of command files (default: commands)')
    .option('--javascript', 'write JavaScript (default where the other commands are)')
    .option('--typescript', 'write TypeScript (default elsewhere)')
    .action(async (name: string, options: NewOptions) => {
      const { dir } = configOf(options).commands;
      const files = existsSync(dir) ? await listCommandFiles(dir) : [];
      checkName(name, files);
      const words = wordsOf(name);
      const file = join(dir, `${name}.${endingFor(files, options)}`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, newCommand(words), { flag: 'wx' });
      if (options.json === true) printJson({ name, file });
      else console.log(`✓ ${file}\n\nChange it, and try it: npx heed say "set the ${words} to medium"`);
      done(exitCodes.done);
    });
}

/** @throws HeedError `bad-command` with the fix */
export function checkName(name: string, files: readonly CommandFile[]): void {
  if (!isName(name)) {
    const better = toName(name);
    throw new HeedError(
      'bad-command',
      `A name of letters, digits and hyphens that begins with a letter was expected; "${name}" came. ` +
        (isName(better) ? `Try: heed new ${better}` : 'Try: heed new lights'),
    );
  }
  // Some file systems do not tell upper from lower case.
  const same = files.find((file) => file.name.toLowerCase() === name.toLowerCase());
  if (same)
    throw new HeedError(
      'bad-command',
      `There already is a command "${same.name}", in ${same.path}. Change that file, or choose another name.`,
    );
}

const maxNameLength = 100;

function isName(name: string): boolean {
  return (
    name.length <= maxNameLength &&
    /^\p{L}[\p{L}\p{N}]*(?:[-/]\p{L}[\p{L}\p{N}]*|-\p{N}+)*$/u.test(name) &&
    !name.split('/').includes('node_modules')
  );
}

/** Makes a name of whatever was typed: "Turn on!.ts" becomes "turn-on". */
function toName(text: string): string {
  return text
    .replace(/\.[cm]?[jt]s$/, '')
    .split('/')
    .map((part) => (part.match(/[\p{L}\p{N}]+/gu) ?? []).join('-').replace(/^[\p{N}-]+/u, ''))
    .filter((part) => part !== '')
    .join('/')
    .toLowerCase()
    .slice(0, maxNameLength);
}

/** "music/playList" is said as "play list". */
function wordsOf(name: string): string {
  return name
    .split('/')
    .at(-1)!
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .replaceAll('-', ' ')
    .toLowerCase();
}

/** A new file is of the kind that most of the others are. */
function endingFor(files: readonly CommandFile[], { javascript, typescript }: NewOptions): string {
  const endings = files.map(({ path }) => path.slice(path.lastIndexOf('.') + 1));
  const ofJavaScript = endings.filter((ending) => ending.endsWith('js'));
  const isJavaScript = javascript ?? (typescript !== true && 2 * ofJavaScript.length > endings.length);
  if (!isJavaScript) return 'ts';
  return ofJavaScript.length > 0 && ofJavaScript.every((ending) => ending === 'mjs') ? 'mjs' : 'js';
}
