/** Projects of users, which import heed as an installed package. */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/**
 * Makes a folder with these files, and beside them the packages: heed is this project, through its `package.json`, and
 * the others are the installed ones. Returns its path; it is removed after the test.
 */
export function consumer(files: Record<string, string>, packages: readonly string[] = []): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'heed-consumer-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  link(folder, packages);
  return folder;
}

/** Copies a project, such as an example, and puts the packages beside it. */
export function copiedConsumer(project: string, packages: readonly string[] = []): string {
  const folder = consumer({}, packages);
  cpSync(project, folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
  return folder;
}

function link(folder: string, packages: readonly string[]): void {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(process.cwd(), join(folder, 'node_modules/heed'), 'dir');
  for (const name of packages)
    symlinkSync(realpathSync(join('node_modules', name)), join(folder, 'node_modules', name), 'dir');
}
