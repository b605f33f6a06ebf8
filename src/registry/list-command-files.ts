import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A file that contains a command. Its name is the path inside the folder without the extension, such as "lights" or
 * "music/play".
 */
export interface CommandFile {
  path: string;
  name: string;
}

/** Lists the command files of a folder and its subfolders, sorted by name. Throws what the file system throws. */
export async function listCommandFiles(dir: string, prefix = ''): Promise<CommandFile[]> {
  const files: CommandFile[] = [];
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (isSkipped(entry.name)) continue;
    if (entry.isDirectory()) files.push(...(await listCommandFiles(path, `${prefix}${entry.name}/`)));
    else if (isCommandFile(entry.name) && (entry.isFile() || (await isLinkedFile(path))))
      files.push({ path, name: prefix + entry.name.replace(/\.[^.]+$/, '') });
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

async function isLinkedFile(path: string): Promise<boolean> {
  // A symbolic link that leads nowhere does not count as a file.
  return stat(path).then(
    (target) => target.isFile(),
    () => false,
  );
}
