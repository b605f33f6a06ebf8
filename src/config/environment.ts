import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { listOptions, type Config } from './schema.ts';

/** Environment variables by name; users of the types need no types of Node for this one. */
export type Environment = Record<string, string | undefined>;

/** The options that one source sets, by section and name. */
export type OptionTree = { [key: string]: unknown };

/** Returns the options that the environment sets; `environmentName` names their variables. */
export function readEnvironment(env: Environment = process.env): OptionTree {
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

/** Returns the variable of an option: `HEED_SERVER_MAX_SESSIONS` for `['server', 'maxSessions']`. */
export function environmentName(path: string[]): string {
  return `HEED_${path.map((part) => part.replace(/[A-Z]/g, '_$&')).join('_')}`.toUpperCase();
}

/**
 * Returns the environment for a child process: that of this process and `extra`. Inspector switches are left out,
 * because the child could not open this process's inspector port a second time.
 */
export function childEnvironment(extra: Record<string, string>): Environment {
  const { NODE_OPTIONS = '', ...env } = process.env;
  const options = NODE_OPTIONS.split(' ')
    .filter((option) => !/^--(inspect|debug)/.test(option))
    .join(' ');
  return { ...env, ...(options === '' ? {} : { NODE_OPTIONS: options }), ...extra };
}

/** Returns the folder of model files: `models.dir`, or `heed/models` in the user's cache folder on this platform. */
export function modelsFolder(
  { dir }: Config['models'],
  env: Environment = process.env,
  platform: string = process.platform,
): string {
  if (dir !== '') return resolve(dir);
  const caches =
    platform === 'darwin'
      ? join(homedir(), 'Library', 'Caches')
      : platform === 'win32'
        ? env['LOCALAPPDATA']
        : env['XDG_CACHE_HOME'];
  // A variable that is set but empty counts as unset.
  return join(caches || join(homedir(), '.cache'), 'heed', 'models');
}

function fromText(text: string, schema: z.ZodType): unknown {
  const kind = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  if (kind instanceof z.ZodNumber) return Number(text);
  if (kind instanceof z.ZodBoolean)
    return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text;
  if (kind instanceof z.ZodArray) return text.split(',').map((part) => part.trim());
  if (kind instanceof z.ZodRecord) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  return text;
}
