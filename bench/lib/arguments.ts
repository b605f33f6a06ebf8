import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { HeedError } from '../../src/errors.ts';

export const repositoryDir = resolve(import.meta.dirname, '../..');

/** What every bench takes, and in `options` what this bench takes besides. */
export interface BenchArguments {
  /** Folder with `manifest.tsv` and the audio files. */
  dataDir: string;
  /** One JSON object a line instead of tables. */
  json: boolean;
  /** Most clips of a set; absent means all. */
  limit?: number;
  options: Record<string, string | boolean | undefined>;
}

/** Options of one bench besides the common ones, as `node:util` parseArgs takes them; one value each. */
export type BenchOptions = Record<string, { type: 'string' | 'boolean' }>;

/**
 * Reads `--data DIR --json --limit N` and the bench's own options.
 * @throws HeedError `bad-config` for an argument that is none; `not-found` where the data is not there
 */
export function parseBenchArguments(argv: string[], options: BenchOptions = {}): BenchArguments {
  const { data, json, limit, ...own } = parse(argv, options);
  const dataDir = findData(typeof data === 'string' ? data : undefined);
  return {
    dataDir,
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
  if (existsSync(join(dir, 'manifest.tsv'))) return dir;
  throw new HeedError(
    'not-found',
    `A folder with manifest.tsv and the audio files was expected, ${dir} has none. Name one with --data DIR.`,
  );
}

function toLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new HeedError('bad-config', `--limit takes a whole number from 1, ${text} came.`);
}
