/** Runs the verbs that take audio, with ears that understand tones and a folder with one command. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Command } from 'commander';
import { vi } from 'vitest';
import { encodeWav } from '../../src/audio/index.ts';
import type { CliHost } from '../../src/cli/host.ts';
import { createHeed } from '../../src/index.ts';
import type { FileVoices } from '../../src/files/index.ts';
import type { Ears } from '../../src/session/index.ts';
import { say, ToneEars, type Phrase } from '../server/fake-ears.ts';

const lampCommand = `import { defineCommand } from 'heed';
export default defineCommand({
  phrases: ['turn on the lamp', 'turn off the lamp'],
  run() { globalThis.lampRuns = (globalThis.lampRuns ?? 0) + 1; },
});
`;

/** A folder with commands/lamp.ts and cases/. */
export function workFolder(): { root: string; commandsDir: string; casesDir: string } {
  const root = mkdtempSync(join(tmpdir(), 'heed-cli-'));
  const folders = { root, commandsDir: join(root, 'commands'), casesDir: join(root, 'cases') };
  mkdirSync(folders.commandsDir);
  mkdirSync(folders.casesDir);
  writeFileSync(join(folders.commandsDir, 'lamp.ts'), lampCommand);
  return folders;
}

/** Saves a spoken phrase, and beside it the expected command, if there is one. */
export function writeCase(
  dir: string,
  name: string,
  phrase: Phrase,
  expected?: unknown,
  more: Record<string, unknown> = {},
): void {
  writeFileSync(join(dir, `${name}.wav`), encodeWav(say(phrase, { silenceMs: 100 })));
  if (expected !== undefined) writeFileSync(join(dir, `${name}.json`), JSON.stringify({ ...more, expected }));
}

/** How many times the handler of the command has run in this process. */
export function lampRuns(): number {
  return (globalThis as { lampRuns?: number }).lampRuns ?? 0;
}

/** How a verb is run. */
export interface RunOptions {
  /** What stands at standard input. */
  input?: Buffer;
  ears?: Ears;
  /** Who speaks when in each recording. */
  voices?: FileVoices;
}

/** Runs a verb; resolves with its exit code and what it wrote to standard output and standard error. */
export async function runVerb(
  make: (host: CliHost) => Command,
  args: string[],
  { input, ears: { vad, transcriber } = new ToneEars(), voices }: RunOptions = {},
): Promise<{ code: number | undefined; output: string; errors: string }> {
  let output = '';
  let errors = '';
  if (input) vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([input]) as typeof process.stdin);
  vi.spyOn(console, 'error').mockImplementation((...texts: unknown[]) => {
    errors += `${texts.map(String).join(' ')}\n`;
  });
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
  vi.spyOn(console, 'log').mockImplementation((text: unknown) => {
    output += `${String(text)}\n`;
  });
  let code: number | undefined;
  const command = make({
    done: (exitCode) => {
      code = exitCode;
    },
    createHeed: async (options) => {
      const heed = await createHeed({ ...options, vad, transcriber });
      if (voices) heed.fileVoices = () => Promise.resolve(voices);
      return heed;
    },
  });
  try {
    await new Command('heed')
      .addCommand(command.exitOverride())
      .exitOverride()
      .parseAsync([command.name(), ...args], { from: 'user' });
  } finally {
    vi.restoreAllMocks();
  }
  return { code, output, errors };
}
