import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A file that holds a command; its name is the path inside the folder without extension, such as "lights" or
 * "music/play".
 */
export interface CommandFile {
  path: string;
  name: string;
}

/**
 * Lists the command files of a folder and its subfolders, in the order of their names. Throws what the file system
 * throws.
 */
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

/** `_` marks what commands share; dots mark what tools keep. */
function isSkipped(name: string): boolean {
  return name.startsWith('_') || name.startsWith('.') || name === 'node_modules';
}

function isCommandFile(name: string): boolean {
  return /\.(?:ts|js|mjs)$/.test(name) && !/\.d\.ts$|\.(?:test|spec)\.[^.]+$/.test(name);
}

async function isLinkedFile(path: string): Promise<boolean> {
  // A link that leads nowhere is no file.
  return stat(path).then(
    (target) => target.isFile(),
    () => false,
  );
}
