import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { listOptions, type Config } from './schema.ts';

/** Options that were set, by section and name, as far as they were set. */
export type OptionTree = { [key: string]: unknown };

/** The options that the environment sets, named as `environmentName` does. This file alone reads the environment. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env): OptionTree {
  const result: OptionTree = {};
  for (const [path, schema] of listOptions()) {
    const text = env[environmentName(path)];
    if (text === undefined || text === '') continue;
    const leaf = fromText(text, schema);
    if (path.length === 1) result[path[0]!] = leaf;
    else ((result[path[0]!] ??= {}) as OptionTree)[path[1]!] = leaf;
  }
  return result;
}

/** `['server', 'maxSessions']` → `HEED_SERVER_MAX_SESSIONS`. */
export function environmentName(path: string[]): string {
  return `HEED_${path.map((part) => part.replace(/[A-Z]/g, '_$&')).join('_')}`.toUpperCase();
}

/** The environment for a child process: this one's without inspector switches, and with `extra`. */
export function childEnvironment(extra: Record<string, string>): NodeJS.ProcessEnv {
  const { NODE_OPTIONS = '', ...env } = process.env;
  const options = NODE_OPTIONS.split(' ')
    .filter((option) => !/^--(inspect|debug)/.test(option))
    .join(' ');
  return { ...env, ...(options === '' ? {} : { NODE_OPTIONS: options }), ...extra };
}

/** The folder of model files: `models.dir`, or `heed/models` in the cache folder that the system gives the user. */
export function modelsFolder(
  { dir }: Config['models'],
  env: NodeJS.ProcessEnv = process.env,
  platform: string = process.platform,
): string {
  if (dir !== '') return resolve(dir);
  const caches =
    platform === 'darwin'
      ? join(homedir(), 'Library', 'Caches')
      : platform === 'win32'
        ? env['LOCALAPPDATA']
        : env['XDG_CACHE_HOME'];
  // a variable that is set but empty counts as unset
  return join(caches || join(homedir(), '.cache'), 'heed', 'models');
}

function fromText(text: string, schema: z.ZodType): unknown {
  const kind = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  if (kind instanceof z.ZodNumber) return Number(text);
  if (kind instanceof z.ZodBoolean)
    return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text;
  if (kind instanceof z.ZodArray) return text.split(',').map((part) => part.trim());
  return text;
}
