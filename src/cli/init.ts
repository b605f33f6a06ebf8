import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { HeedError } from '../errors.ts';
import type { CliHost } from './host.ts';
import { exitCodes, printJson, verb, type CommonOptions } from './program.ts';
import { makeProject, type FileReport } from './project.ts';
import { heedVersion } from './version.ts';

type InitOptions = CommonOptions & { javascript?: boolean; typescript?: boolean };

/** `heed init [DIR]` makes a project: one command, its test, and what an editor needs. */
export function initVerb({ done }: Pick<CliHost, 'done'>): Command {
  return verb('init', 'Make a project with an example command; nothing that exists is overwritten', [
    'heed init',
    'heed init my-house --javascript',
  ])
    .argument('[dir]', 'folder of the project (default: this one)')
    .option('--javascript', 'write JavaScript')
    .option('--typescript', 'write TypeScript (default)')
    .action(async (dir: string | undefined, options: InitOptions) => {
      const folder = dir ?? '.';
      await checkFolder(folder);
      const isJavaScript =
        options.javascript ?? (options.typescript === true ? false : await asksForJavaScript(options));
      if (isJavaScript === undefined) {
        console.error('Interrupted: nothing was written.');
        return done(exitCodes.interrupted);
      }
      const { files, isInstalled } = await makeProject(folder, { isJavaScript, version: heedVersion() });
      if (options.json === true) files.forEach(printJson);
      else tellPeople(files, { dir, isInstalled });
      done(exitCodes.done);
    });
}

async function checkFolder(dir: string): Promise<void> {
  const found = await stat(dir).catch(() => undefined);
  if (found && !found.isDirectory())
    throw new HeedError('bad-config', `A folder was expected, but ${dir} is a file. Name another folder.`);
}

/** Asks only where somebody can answer. Resolves with undefined after Ctrl+C or Ctrl+D. */
async function asksForJavaScript({ json }: InitOptions): Promise<boolean | undefined> {
  if (json === true || !process.stdin.isTTY || !process.stdout.isTTY) return false;
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new AbortController();
  asking.once('close', () => closed.abort());
  try {
    const answer = await asking.question('TypeScript or JavaScript? [TypeScript] ', { signal: closed.signal });
    return /^\s*j/i.test(answer);
  } catch (error) {
    if (closed.signal.aborted) return undefined;
    throw error;
  } finally {
    asking.close();
  }
}

const marks: Record<FileReport['action'], string> = { made: '✓', added: '✓', kept: '–' };

function tellPeople(
  files: readonly FileReport[],
  { dir, isInstalled }: { dir: string | undefined; isInstalled: boolean },
): void {
  const width = Math.max(...files.map(({ file }) => file.length));
  for (const { file, action, detail } of files)
    console.log(`${marks[action]} ${join(dir ?? '', file).padEnd(width + (dir ? dir.length + 1 : 0))}  ${detail}`);
  const steps = [
    ...(dir === undefined ? [] : [[`cd ${dir}`, '']]),
    ...(isInstalled ? [] : [['npm install', 'installs heed']]),
    ['npx heed dev', 'opens the page: press Talk, and say “set a timer for five minutes”'],
    ['npx heed say "set a timer for five minutes"', 'the same, typed; without words it is a conversation'],
    ['npx heed test', 'checks that phrases still mean what they should'],
    ['npx heed new NAME', 'adds a command'],
  ] as const;
  const stepWidth = Math.max(...steps.map(([step]) => step.length));
  console.log('\nNext:');
  for (const [step, what] of steps) console.log(`  ${`${step.padEnd(stepWidth)}  ${what}`.trimEnd()}`);
}
