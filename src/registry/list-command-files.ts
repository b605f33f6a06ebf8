import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A file that contains a command. Its name is the path inside the folder without the extension, such as "lights" or
 * "music/play". With a `problem` it cannot be read.
 */
export interface CommandFile {
  path: string;
  name: string;
  problem?: string;
}

/** Larger files are not compiled, MB. A list of 100,000 names takes 2 MB. */
const maxMegabytes = 5;

/** Lists the command files of a folder and its subfolders, sorted by name. Throws what the file system throws. */
export async function listCommandFiles(dir: string, prefix = ''): Promise<CommandFile[]> {
  const files: CommandFile[] = [];
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (isSkipped(entry.name)) continue;
    if (entry.isDirectory()) files.push(...(await listCommandFiles(path, `${prefix}${entry.name}/`)));
    if (!isCommandFile(entry.name)) continue;
    const problem = await problemOf(path, entry);
    files.push({
      path,
      name: prefix + entry.name.replace(/\.[^.]+$/, ''),
      ...(problem === undefined ? {} : { problem }),
    });
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Files whose names begin with `_` hold what commands share; those that begin with a dot belong to tools. */
function isSkipped(name: string): boolean {
  return name.startsWith('_') || name.startsWith('.') || name === 'node_modules';
}

function isCommandFile(name: string): boolean {
  return /\.[cm]?[jt]s$/.test(name) && !/\.d\.[cm]?ts$|\.(?:test|spec)\.[^.]+$/.test(name);
}

/** Says why something cannot be read that has the name of a command file: reading a pipe or a device may never end. */
async function problemOf(path: string, entry: Dirent): Promise<string | undefined> {
  const target = await stat(path).catch(() => undefined);
  if (!target) return entry.isSymbolicLink() ? 'This link leads to nothing that can be read.' : undefined;
  if (target.isDirectory()) return 'This is a folder, and its name ends like that of a command file. Rename it.';
  if (!target.isFile()) return 'This is a pipe, a socket or a device; a command file was expected.';
  const megabytes = target.size / 1e6;
  return megabytes > maxMegabytes
    ? `This file has ${megabytes.toFixed(1)} MB, and a command file may have ${maxMegabytes} MB. ` +
        'Keep data in a file of its own, and read it when the command runs.'
    : undefined;
}
