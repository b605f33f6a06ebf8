import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of command files for one test. */
export class CommandFiles {
  readonly dir = mkdtempSync(join(tmpdir(), 'heed-test-'));

  constructor(files: Record<string, string> = {}) {
    onTestFinished(() => rmSync(this.dir, { recursive: true, force: true }));
    for (const [name, source] of Object.entries(files)) this.write(name, source);
  }

  write(name: string, source: string): void {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, source);
  }

  remove(name: string): void {
    rmSync(this.path(name));
  }

  path(name: string): string {
    return join(this.dir, name);
  }
}

/** The source of a sound command file. */
export function commandSource(phrase: string, more = ''): string {
  return `import { defineCommand } from 'heed';
export default defineCommand({
  phrases: ['${phrase}'],
  ${more}
  run: () => ({ say: '${phrase}' }),
});
`;
}
