import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { HeedError } from '../errors.ts';
import { defaultConfig, loadConfig } from '../config/index.ts';
import { defaultLanguage } from '../language/index.ts';
import { listCommandFiles } from '../registry/index.ts';
import { writeOutput } from './write-output.ts';
import { timerCase, timerCommand, tsconfig } from './templates.ts';

/** What became of one file of a project. */
export interface FileReport {
  file: string;
  action: 'made' | 'added' | 'kept';
  /** The same for people. */
  detail: string;
}

interface PackageJson {
  name?: string;
  type?: string;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** How a project is made. */
export interface ProjectOptions {
  isJavaScript: boolean;
  /** heed's own version, on which the project depends. */
  version: string;
}

const configFile = 'heed.config.json';

/**
 * Makes a project, or adds what an existing one lacks. Everything that could be wrong with what exists is found before
 * anything is written.
 */
export async function makeProject(
  dir: string,
  { isJavaScript, version }: ProjectOptions,
): Promise<{ files: FileReport[]; isInstalled: boolean }> {
  const before = await readPackage(dir);
  const own = join(dir, configFile);
  const config = existsSync(own) ? loadConfig({ file: own }) : defaultConfig;
  const commandsDir = config.commands.dir;
  const isEmpty = (await commandFilesOf(resolve(dir, commandsDir))).length === 0;
  const ending = !isJavaScript ? 'ts' : before?.type === 'commonjs' ? 'mjs' : 'js';
  const files = [await addToPackage(dir, before, version)];
  if (isEmpty) {
    files.push(
      await make(dir, join(commandsDir, `timer.${ending}`), timerCommand, 'an example command'),
      await make(dir, join(config.cases.dir, 'tea-timer.json'), json(timerCase), 'its test'),
    );
  } else files.push({ file: commandsDir, action: 'kept', detail: 'has commands already, so no example was added' });
  files.push(
    await make(dir, configFile, json({ language: defaultLanguage }), 'options; docs/configuration.md lists them all'),
  );
  if (!isJavaScript)
    files.push(await make(dir, 'tsconfig.json', tsconfig.replace('"commands"', JSON.stringify(commandsDir)), 'types'));
  files.push(await addToIgnored(dir));
  return { files, isInstalled: isInstalledIn(dir) };
}

async function commandFilesOf(dir: string): Promise<unknown[]> {
  return listCommandFiles(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new HeedError('not-found', `The folder ${dir} cannot be read: ${error.message}`, { cause: error });
  });
}

/** Writes a file, unless there is one of that name. */
async function make(dir: string, file: string, text: string, detail: string): Promise<FileReport> {
  const path = resolve(dir, file);
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw cannotWrite(path, error);
    return { file, action: 'kept', detail: 'exists, so it was left as it is' };
  }
  return { file, action: 'made', detail };
}

async function readPackage(dir: string): Promise<PackageJson | undefined> {
  const path = join(dir, 'package.json');
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(await readFile(path, 'utf8')) as PackageJson;
  } catch (cause) {
    throw new HeedError('bad-config', `${path} is not valid JSON: ${(cause as Error).message}`, { cause });
  }
}

/** The parts of a package.json that a project needs; those that it has stay as they are. */
async function addToPackage(dir: string, before: PackageJson | undefined, version: string): Promise<FileReport> {
  const file = 'package.json';
  const scripts = { dev: 'heed dev', test: 'heed test' };
  const dependencies = { heed: `^${version}` };
  if (!before) {
    const text = json({ private: true, type: 'module', scripts, dependencies });
    return make(dir, file, text, 'with the scripts dev and test');
  }
  const isListed = before.dependencies?.['heed'] ?? before.devDependencies?.['heed'];
  const newScripts = Object.entries(scripts).filter(([name]) => before.scripts?.[name] === undefined);
  const taken = Object.entries(scripts).filter(([name, text]) => ![undefined, text].includes(before.scripts?.[name]));
  const added = [
    ...newScripts.map(([name]) => `the script ${name}`),
    ...(isListed === undefined ? ['the dependency heed'] : []),
  ];
  const left = taken.map(([name]) => `the script ${name} was left as it is`);
  if (added.length === 0)
    return {
      file,
      action: 'kept',
      detail: ['exists', ...(left.length > 0 ? left : ['and has all it needs'])].join('; '),
    };
  const after: PackageJson = {
    ...before,
    ...(newScripts.length === 0 ? {} : { scripts: { ...before.scripts, ...Object.fromEntries(newScripts) } }),
    ...(isListed === undefined ? { dependencies: { ...before.dependencies, ...dependencies } } : {}),
  };
  const indent = /^[ \t]+(?=")/m.exec(await readFile(join(dir, file), 'utf8'))?.[0] ?? 2;
  await writeOutput(join(dir, file), `${JSON.stringify(after, undefined, indent)}\n`);
  return { file, action: 'added', detail: [`got ${added.join(', ')}`, ...left].join('; ') };
}

/** `.heed/` holds what a run leaves behind, such as the history of `heed say`. */
async function addToIgnored(dir: string): Promise<FileReport> {
  const file = '.gitignore';
  const wanted = ['node_modules/', '.heed/'];
  const path = join(dir, file);
  if (!existsSync(path)) return make(dir, file, `${wanted.join('\n')}\n`, 'what belongs to this machine');
  const text = await readFile(path, 'utf8');
  const lines = text.split('\n').map((line) => line.trim().replace(/^\/|\/$/g, ''));
  const missing = wanted.filter((line) => !lines.includes(line.slice(0, -1)));
  if (missing.length === 0) return { file, action: 'kept', detail: 'exists and has all it needs' };
  await writeOutput(path, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${missing.join('\n')}\n`);
  return { file, action: 'added', detail: `got ${missing.join(', ')}` };
}

/** Whether `npx heed` in the project is an installed heed. */
function isInstalledIn(dir: string): boolean {
  try {
    createRequire(join(resolve(dir), 'index.js')).resolve('heed/package.json');
    return true;
  } catch {
    return false;
  }
}

function cannotWrite(path: string, cause: unknown): HeedError {
  return new HeedError('bad-config', `${path} cannot be written: ${(cause as Error).message}`, { cause });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
