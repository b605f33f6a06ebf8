import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryDir } from './arguments.ts';

/** What tells a row from the others, such as the engine and the set. */
export type Identity = Record<string, string | number>;

/** What was measured in one row of a table: several values over the same `n` cases. */
export interface Row {
  identity: Identity;
  /** Cases behind each value: clips, frames, runs. */
  n: number;
  values: { metric: string; value: number; unit: string }[];
}

export interface ReportOptions {
  bench: string;
  /** One JSON object a line instead of tables. */
  json: boolean;
  /** Where lines go; default: standard output. */
  print?: (line: string) => void;
  /** Collects the lines of every run; default `.heed/bench/history.jsonl`. */
  historyFile?: string;
}

/** Collects what a bench measures: tables or JSON lines for the reader, and JSON lines for the history. */
export class Report {
  readonly #options: ReportOptions;
  readonly #print: (line: string) => void;
  readonly #rows: Row[] = [];

  constructor(options: ReportOptions) {
    this.#options = options;
    this.#print = options.print ?? ((line) => process.stdout.write(`${line}\n`));
  }

  /**
   * Takes one row. Rows with the same identity fields and metrics stand in one table. JSON lines are written at once.
   */
  add(row: Row): void {
    this.#rows.push(row);
    if (this.#options.json) for (const line of this.#toLines(row)) this.#print(JSON.stringify(line));
  }

  /** Writes the tables and the history. To be called once, at the end. */
  finish(): void {
    if (!this.#options.json) for (const table of groupBy(this.#rows, tableKey)) this.#print(`${formatTable(table)}\n`);
    const stamp = { time: new Date().toISOString(), commit: currentCommit() };
    const lines = this.#rows
      .flatMap((row) => this.#toLines(row))
      .map((line) => `${JSON.stringify({ ...line, ...stamp })}\n`);
    const file = this.#options.historyFile ?? join(repositoryDir, '.heed/bench/history.jsonl');
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, lines.join(''));
  }

  #toLines({ identity, n, values }: Row) {
    return values.map(({ metric, value, unit }) => ({
      bench: this.#options.bench,
      metric,
      value,
      unit,
      n,
      ...identity,
    }));
  }
}

/** One Markdown table: identity columns, n, and one column a metric with its unit. */
function formatTable(rows: Row[]): string {
  const [first] = rows;
  const identities = Object.keys(first!.identity);
  const header = [
    ...identities,
    'n',
    ...first!.values.map(({ metric, unit }) => (unit ? `${metric}, ${unit}` : metric)),
  ];
  const body = rows.map(({ identity, n, values }) => [
    ...identities.map((key) => String(identity[key])),
    String(n),
    ...values.map(({ value }) => formatValue(value)),
  ]);
  const widths = header.map((title, column) =>
    Math.max(2, title.length, ...body.map((cells) => cells[column]!.length)),
  );
  const isText = (column: number) => column < identities.length;
  const padded = (cell: string, column: number) =>
    isText(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
  const dashes = (width: number, column: number) => (isText(column) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`);
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [header.map(padded), widths.map(dashes), ...body.map((cells) => cells.map(padded))].map(line).join('\n');
}

function formatValue(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  return value.toFixed(Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

function tableKey({ identity, values }: Row): string {
  return JSON.stringify([Object.keys(identity), values.map(({ metric, unit }) => [metric, unit])]);
}

function groupBy<T>(items: T[], key: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.values()];
}

/** The short commit with `+` for uncommitted changes; empty outside a repository. */
function currentCommit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: repositoryDir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') ? '+' : ''}`;
  } catch {
    // An unpacked archive has no commit; the measurement is kept all the same.
    return '';
  }
}
