import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { HeedError } from '../../src/errors.ts';

export const repositoryDir = resolve(import.meta.dirname, '../..');

/** The arguments that every bench takes; `options` holds those that only this bench takes. */
export interface BenchArguments {
  /** The folder with the data: mostly `manifest.tsv` and the audio files. Empty for a bench that needs none. */
  dataDir: string;
  /** Whether to write one JSON object per line instead of tables. */
  json: boolean;
  /** The most clips of a set; absent means all. */
  limit?: number;
  options: Record<string, string | boolean | undefined>;
}

/** The options that only one bench takes, as `node:util` parseArgs expects them; each has one value. */
export type BenchOptions = Record<string, { type: 'string' | 'boolean' }>;

/**
 * Reads `--data DIR --json --limit N` and the bench's own options.
 * @throws HeedError `bad-config` for an unknown or wrong argument; `not-found` when the data is missing
 */
export function parseBenchArguments(
  argv: string[],
  options: BenchOptions = {},
  { needsData = true }: { needsData?: boolean } = {},
): BenchArguments {
  const { data, json, limit, ...own } = parse(argv, options);
  return {
    dataDir: needsData ? findData(typeof data === 'string' ? data : undefined) : '',
    json: json === true,
    ...(typeof limit === 'string' ? { limit: toLimit(limit) } : {}),
    options: own,
  };
}

function parse(argv: string[], options: BenchOptions): BenchArguments['options'] {
  const common = { data: { type: 'string' }, json: { type: 'boolean' }, limit: { type: 'string' } } as const;
  try {
    return parseArgs({ args: argv, options: { ...common, ...options } satisfies ParseArgsConfig['options'] }).values;
  } catch (error) {
    const own = Object.entries(options)
      .map(([name, { type }]) => ` [--${name}${type === 'string' ? ' VALUE' : ''}]`)
      .join('');
    throw new HeedError('bad-config', `${(error as Error).message} Usage: [--data DIR] [--json] [--limit N]${own}`, {
      cause: error,
    });
  }
}

function findData(named: string | undefined): string {
  const dir = named === undefined ? join(repositoryDir, '../shared/data') : resolve(named);
  if (existsSync(dir)) return dir;
  throw new HeedError('not-found', `A folder with the data was expected at ${dir}. Name one with --data DIR.`);
}

function toLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new HeedError('bad-config', `--limit takes a whole number from 1, but ${text} came.`);
}
